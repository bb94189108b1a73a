import { NewRowsBanner } from '@windlass/ui/new-rows-banner';
import type { ReactNode } from 'react';
import { FailedQuery } from '../failed-query.tsx';
import { LoadMore } from '../load-more.tsx';
import type { List } from './use-list.tsx';

export type ListBodyProps<Row> = {
  list: List<Row>;
  /** "The orders": what could not be loaded. */
  what: string;
  /** Stands where no rows are: what this is, what makes the first one appear. */
  empty: ReactNode;
  /** Draws the rows, and their room while they load. */
  children: ReactNode;
};

/** Below the tabs: the rows, or why there are none; new ones wait above, the next page comes below. */
export function ListBody<Row>({ list, what, empty, children }: ListBodyProps<Row>) {
  const { rows, loading, failure } = list;
  return (
    <>
      <NewRowsBanner {...list.fresh} />
      {failure ? <FailedQuery what={what} {...failure} /> : !loading && rows.length === 0 ? empty : children}
      <LoadMore {...list.more} />
    </>
  );
}
