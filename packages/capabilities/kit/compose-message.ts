import type { Sql } from '@windlass/db/sql';

/** One message as it goes out, in whatever channel reads HTML and text. */
export type ComposedMessage = { fromName: string; fromAddress: string; html: string; text: string };

/** Why there is nothing (left) to send: the delivery fails with it, and is not tried again by itself. */
export type NothingToSend = { code: string; sentence: string; hint: string };

export type Composed = ComposedMessage | { nothing: NothingToSend };

/**
 * Writes the messages of deliveries of one kind, in their order: those that a worker sends at the same moment, so that
 * what they say is read, and their links are made, by a few statements for all. Run anew by every attempt, so that no
 * attempt sends what has expired meanwhile. Where it throws, each is asked for alone.
 */
export type Composer = (deliveries: readonly { id: string; orderId: string | null }[]) => Promise<Composed[]>;
export type OrderComposer = (deliveries: readonly { id: string; orderId: string }[]) => Promise<ComposedMessage[]>;

/** The composer of a kind that always serves an order. */
export const forOrder =
  (compose: OrderComposer): Composer =>
  (deliveries) =>
    compose(
      deliveries.map(({ id, orderId }) => {
        if (orderId === null) throw new Error(`delivery ${id} serves no order`);
        return { id, orderId };
      }),
    );

/** A message of an order as its customer gets it, but for its links: a preview opens nothing. */
export type Preview = (
  sql: Sql,
  delivery: { id: string; orderId: string },
  publicUrl: string,
) => Promise<ComposedMessage>;
