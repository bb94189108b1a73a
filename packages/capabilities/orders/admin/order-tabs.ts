import { type DateRange, rangeQuery, readRange } from '../../kit/list-screen/date-range.ts';
import { oneOf, type UrlSearch } from '../../kit/url-search.ts';
import type { OrderTab } from '../contract.ts';

/** The words of the tabs, in their order; the first is the one that opens. */
export const tabLabels: Record<OrderTab, string> = {
  waiting: 'Waiting for you',
  approved: 'In progress',
  delivered: 'Sent',
  problems: 'Problems',
  rejected: 'Rejected',
  all: 'All',
};
const tabs = Object.keys(tabLabels) as OrderTab[];

/** The list a person looks at: it stays in the address of what is opened from it, so that the way back leads there. */
export type OpenList = DateRange & { tab: OrderTab; q: string; batch: string | undefined };

export const readList = ({ tab, q = '', batch, ...rest }: UrlSearch): OpenList => ({
  tab: oneOf(tabs, tab),
  q,
  batch,
  ...readRange(rest),
});

/** `?tab=waiting&q=tin`, for the list itself and for whatever is opened from it. */
export const listQuery = ({ tab, q, batch, ...range }: OpenList): string =>
  `?${new URLSearchParams({ tab, ...(q && { q }), ...(batch && { batch }), ...rangeQuery(range) })}`;
