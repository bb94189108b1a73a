import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Span } from './inputs.ts';
import { Refusal } from './refusal.ts';

/** Where a page ended: the sort keys of its last row. The time keeps the database's microseconds, so it stays text. */
export type Place = { at: string; id: string };

const badCursor = () =>
  new Refusal('bad-request', 'BAD_CURSOR', { message: 'That page is not there any more. Go back to the first page.' });

const sign = (text: string, secret: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url').slice(0, 22);

/** `filter` is whatever else decides the list: a cursor of one list is refused by another. */
const fingerprint = (filter: unknown): string =>
  createHash('sha256').update(JSON.stringify(filter)).digest('base64url').slice(0, 12);

/** A span as a part of a filter; of a list without one it is no part, so that its cursors stay what they were. */
export const spanOfFilter = (span: Span | undefined): string[] => (span ? [span.from ?? '', span.before ?? ''] : []);

/** A cursor for clients: opaque, signed, bound to the filter and the shop within it. */
export function formatPlace(place: Place, filter: unknown, secret: string): string {
  const text = Buffer.from(JSON.stringify([place.at, place.id, fingerprint(filter)])).toString('base64url');
  return `${text}.${sign(text, secret)}`;
}

/** Refuses a forged cursor and one of another list (both `BAD_CURSOR`). Undefined in, undefined out: the first page. */
export function parsePlace(cursor: string | undefined, filter: unknown, secret: string): Place | undefined {
  if (cursor === undefined) return undefined;
  const [text = '', signature = ''] = cursor.split('.');
  const expected = Buffer.from(sign(text, secret));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) throw badCursor();
  const [at, id, filtered] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [string, string, string];
  if (filtered !== fingerprint(filter)) throw badCursor();
  return { at, id };
}

/** Cuts one row too many into a page and the cursor of the next. */
export function cutPage<Row extends Place>(
  rows: Row[],
  limit: number,
  cursorOf: (last: Place) => string,
): { rows: Row[]; next: string | null } {
  if (rows.length <= limit) return { rows, next: null };
  const page = rows.slice(0, limit);
  const { at, id } = page.at(-1)!;
  return { rows: page, next: cursorOf({ at, id }) };
}

/** For `ilike`: the text is looked for as it stands. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
