import type { LinkState, OrderConcern } from './contract.ts';

export type LinkFacts = { expired: boolean; revoked: boolean; downloads: number; maxDownloads: number };

/** Why a link no longer opens, the strongest reason first. */
export function stateOfLink(link: LinkFacts): LinkState {
  if (link.revoked) return 'revoked';
  if (link.expired) return 'expired';
  if (link.downloads >= link.maxDownloads) return 'used_up';
  return 'active';
}

/** Said of an order: it "is not paid". */
export const concernWords: Record<OrderConcern, string> = {
  cancelled: 'is cancelled',
  refunded: 'is refunded',
  voided: 'has its payment voided',
  unpaid: 'is not paid',
  authorised: 'has its payment authorised only',
  draft: 'is a draft',
  test: 'is a test',
};

/** "is cancelled, is refunded and is a test" */
export const concernList = (concerns: readonly OrderConcern[]): string =>
  concerns
    .map((concern) => concernWords[concern])
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1');

const leftOut = (why: string) => `${why} Approve each by itself if you want it sent all the same.`;
/** Said of orders that a batch leaves out. */
export const concernSentences: Record<OrderConcern, string> = {
  cancelled: leftOut('The shop cancelled these orders.'),
  refunded: leftOut('The shop refunded these orders.'),
  voided: leftOut('The payment of these orders was voided.'),
  unpaid: leftOut('These orders are not paid.'),
  authorised: leftOut('The payment of these orders is authorised only.'),
  draft: leftOut('These orders are drafts.'),
  test: leftOut('These orders are tests.'),
};
