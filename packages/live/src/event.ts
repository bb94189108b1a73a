/** One thing that happened, as it travels: in the table, over the stream, into a screen. */
export type LiveEvent = {
  /** Grows within a subject in the order of causes. Not gapless, and no cursor: see cursor.ts. */
  seq: number;
  /** The kind of news: a capability's name. Readers subscribe by topic. */
  topic: string;
  /** The id of what it is about. */
  subject: string;
  /** What happened, `noun.verb`, e.g. `delivery.accepted`. */
  type: string;
  data: Record<string, unknown>;
  /** ISO 8601, the database's clock. */
  at: string;
};

declare const defined: unique symbol;
/** An event about to be recorded. Only a definition makes one: see define-event.ts. */
export type NewEvent = Pick<LiveEvent, 'topic' | 'subject' | 'type'> & {
  shopId: string | null;
  data?: Record<string, unknown>;
  readonly [defined]: true;
};

export const LIVE_WAKE = 'live';
