import type { OrderRow } from '../contract.ts';

/** `#5001 · Paper shop`: what a connected shop calls an order, with the shop; undefined: no connected shop sent it. */
export const shopOrderName = ({
  reference,
  sourceName,
}: Pick<OrderRow, 'reference' | 'sourceName'>): string | undefined =>
  sourceName === null ? undefined : [reference, sourceName].filter(Boolean).join(' · ');
