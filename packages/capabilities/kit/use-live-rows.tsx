import { type InfiniteData, type QueryKey, useQueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '@windlass/live/event';
import { useLiveEvents } from '@windlass/live/use-live';
import { useRef, useState } from 'react';

const GATHER_MS = 120;
const MOST_AT_ONCE = 100;
/** Scrolled further than this, one is reading: new rows wait. In pixels. */
const READING_PX = 80;

export type LiveRowsOptions<Row extends { id: string }> = {
  /** Of the infinite query whose pages are `{ rows, next }`. */
  listKey: QueryKey;
  rows: readonly Row[];
  /** The row an event is about, if any. */
  rowOf: (event: LiveEvent) => string | undefined;
  /** The row with an event in its place, where the event says all that changed: nothing is fetched then. */
  patch?: (row: Row, event: LiveEvent) => Row | undefined;
  /** Does this event bring a row that no list has yet, or how many? */
  isNew: (event: LiveEvent) => boolean | number;
  /** The present rows of these ids; those that are gone are left out. */
  fetchRows: (ids: string[]) => Promise<{ rows: Row[] }>;
};

type Pages<Row> = InfiniteData<{ rows: Row[]; next: string | null }>;

/**
 * Mends the rows on screen where they stand: one that changed elsewhere changes its chip and stays in its place until
 * one looks at another tab, so nothing jumps under the mouse. New rows come in at the top, or wait behind a count while
 * one is scrolled down.
 */
export function useLiveRows<Row extends { id: string }>(
  options: LiveRowsOptions<Row>,
): { waiting: number; show: () => void } {
  const { listKey, rows, rowOf, patch, isNew, fetchRows } = options;
  const queryClient = useQueryClient();
  const [waiting, setWaiting] = useState(0);
  const changed = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = new Set(rows.map((row) => row.id));

  const put = (fresh: ReadonlyMap<string, Row>) => {
    const isOld = queryClient.getQueryState(listKey)?.isInvalidated;
    queryClient.setQueryData<Pages<Row>>(
      listKey,
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({ ...page, rows: page.rows.map((row) => fresh.get(row.id) ?? row) })),
        },
    );
    // Rows that were mended make no new list: what came and went is still to be fetched by whoever comes back.
    if (isOld) void queryClient.invalidateQueries({ queryKey: listKey, exact: true, refetchType: 'none' });
  };
  const mend = async () => {
    const ids = [...changed.current].slice(0, MOST_AT_ONCE);
    for (const id of ids) changed.current.delete(id);
    put(new Map((await fetchRows(ids)).rows.map((row) => [row.id, row])));
  };
  // One fetch after the other: what changes during one is asked for by the next. Two at once for the same rows would
  // share one answer, which may be older than the second change.
  const schedule = () => {
    timer.current ??= setTimeout(() => {
      mend()
        // A failed fetch leaves rows that may be stale: the whole list is asked for then.
        .catch(() => queryClient.invalidateQueries({ queryKey: listKey }))
        .finally(() => {
          timer.current = undefined;
          if (changed.current.size > 0) schedule();
        });
    }, GATHER_MS);
  };

  useLiveEvents((event) => {
    const id = rowOf(event);
    const fresh = Number(isNew(event));
    if (id !== undefined && shown.has(id)) {
      const present = rows.find((row) => row.id === id);
      const patched = present && patch?.(present, event);
      if (patched) return void put(new Map([[id, patched]]));
      changed.current.add(id);
      schedule();
    } else if (fresh > 0) {
      if (window.scrollY > READING_PX) setWaiting((count) => count + fresh);
      else void queryClient.invalidateQueries({ queryKey: listKey });
    }
  });
  return {
    waiting,
    show: () => {
      setWaiting(0);
      window.scrollTo({ top: 0 });
      void queryClient.resetQueries({ queryKey: listKey });
    },
  };
}
