import type { Sql } from '@windlass/db/sql';

/** One message as it goes out, in whatever channel reads HTML and text. */
export type ComposedMessage = { fromName: string; fromAddress: string; html: string; text: string };

/** Why there is nothing (left) to send: the delivery fails with it, and is not tried again by itself. */
export type NothingToSend = { code: string; sentence: string; hint: string };

/** Writes the message of a delivery. Run anew by every attempt, so that no attempt sends what has expired meanwhile. */
export type Composer = (delivery: {
  id: string;
  orderId: string | null;
}) => Promise<ComposedMessage | { nothing: NothingToSend }>;
export type OrderComposer = (delivery: { id: string; orderId: string }) => Promise<ComposedMessage>;

/** The composer of a kind that always serves an order. */
export const forOrder =
  (compose: OrderComposer): Composer =>
  ({ id, orderId }) => {
    if (orderId === null) throw new Error(`delivery ${id} serves no order`);
    return compose({ id, orderId });
  };

/** A message of an order as its customer gets it, but for its links: a preview opens nothing. */
export type Preview = (
  sql: Sql,
  delivery: { id: string; orderId: string },
  publicUrl: string,
) => Promise<ComposedMessage>;
