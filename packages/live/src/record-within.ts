import type { EventDefinition } from './define-event.ts';

/** SQL expressions over the rows of `from`. */
type Told<Data extends object> = {
  /** `from` and what follows it: an event for each of its rows, in their order. */
  from: string;
  /** Default `shop_id`. */
  shop?: string;
  subject: string;
  data?: { readonly [Key in keyof Data]?: string };
  /** Null: leaves what is null out of the data. */
  nulls?: 'left-out';
  /** In place of the definition's own, for events that no screen streams. */
  topic?: string;
};

/**
 * The part of a statement that records events: where what happens and its news are one statement, and so one round
 * trip and one commit. Wake LIVE_WAKE afterwards. Elsewhere `recordEvents` does it.
 */
export const recordWithin = <Data extends object>(event: EventDefinition<Data>, told: Told<Data>): string =>
  insertion(`'${event.type}'`, event.topic, told);

/** The same where each row has an event of its own kind, by what stands in the column `by`. */
export const recordEachWithin = <Data extends object>(
  events: Readonly<Record<string, EventDefinition<Data>>>,
  told: Told<Data> & { by: string },
): string =>
  insertion(
    `case ${told.by} ${Object.entries(events)
      .map(([key, { type }]) => `when '${key}' then '${type}'`)
      .join(' ')} end`,
    Object.values(events)[0]!.topic,
    told,
  );

const insertion = <Data extends object>(type: string, topic: string, told: Told<Data>): string =>
  `insert into event (shop_id, topic, subject, type, data)
    select ${told.shop ?? 'shop_id'}, '${told.topic ?? topic}', ${told.subject}, ${type}, ${dataOf(told)}
      from ${told.from}`;

function dataOf<Data extends object>({ data = {}, nulls }: Told<Data>): string {
  const pairs = Object.entries(data).map(([key, expression]) => `'${key}', ${expression as string}`);
  if (pairs.length === 0) return `'{}'::jsonb`;
  const object = `jsonb_build_object(${pairs.join(', ')})`;
  return nulls === 'left-out' ? `jsonb_strip_nulls(${object})` : object;
}
