/** What every list answers: a page, and the cursor of the next. */
export type ListPage<Row> = { rows: Row[]; next: string | null };

/** How a list's query goes on from page to page; while another tab or search is fetched, the last one stays in sight. */
export const listPages = {
  getNextPageParam: (page: { next: string | null }) => page.next ?? undefined,
  placeholderData: <Pages>(previous: Pages | undefined) => previous,
  /** What happened while the network was away comes with the live stream, row by row. */
  refetchOnReconnect: false,
};
