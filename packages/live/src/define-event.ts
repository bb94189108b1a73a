import type { NewEvent } from './event.ts';

/**
 * One kind of thing that happens, as its owner declares it in `events.ts`. Called, it makes an event to record, typed
 * by what it says: `recordEvents(tx, [approved({ shopId, subject: orderId, data: { by, notes } })])`.
 */
export type EventDefinition<Data extends object = object> = {
  (news: News<Data>): NewEvent;
  readonly topic: string;
  /** `noun.past-verb`. It stays in the record for ever: a name once told is never given another meaning. */
  readonly type: string;
  /**
   * What an event of this kind says; undefined: it is of another kind. The record is kept for ever, so that what a
   * later release added is missing in what an earlier one told.
   */
  read(event: { type: string; data: Record<string, unknown> }): Partial<Data> | undefined;
};

type News<Data extends object> = {
  /** Null: news of the house itself, for no shop's eyes. */
  shopId: string | null;
  /** The id of what it is about. */
  subject: string;
} & (object extends Data ? { data?: Data } : { data: Data });

/** Is it one of these kinds? */
export const isAnyOf = (event: { type: string }, ...definitions: readonly { type: string }[]): boolean =>
  definitions.some(({ type }) => type === event.type);

/** `Data` is JSON. Safe in a browser, and without a schema: nobody but us writes the record. */
export function defineEvent<Data extends object = Record<never, never>>(
  topic: string,
  type: string,
): EventDefinition<Data> {
  const make = ({ shopId, subject, data }: News<Data>) => ({ shopId, topic, subject, type, ...(data && { data }) });
  return Object.assign(make as unknown as (news: News<Data>) => NewEvent, {
    topic,
    type,
    read: (event: { type: string; data: Record<string, unknown> }) =>
      event.type === type ? (event.data as Partial<Data>) : undefined,
  });
}
