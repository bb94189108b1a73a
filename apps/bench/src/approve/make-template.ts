import { newId, type IdPrefix } from '@windlass/db/ids';
import type { SentStatement } from './parse-frontend.ts';

/** One approval as statements: what comes before its transaction, and the transaction itself. */
export type Template = { before: SentStatement[]; transaction: SentStatement[]; orderId: string };

const ID = /\b(dlv|job|aud|req)_[0-9a-z]{26}\b/g;

/**
 * Sorts what the server sent during one approval. The wake (sent for many at once, after the commit) and the live hub's
 * look at the record belong to no single approval; everything else does, known to us or not.
 */
export function makeTemplate(sent: readonly SentStatement[], orderId: string): Template {
  const own = sent.filter(({ name, text }) => name !== 'read-new-events' && !text.startsWith('select pg_notify'));
  const begin = own.findIndex(({ text }) => text === 'begin');
  const commit = own.findIndex(({ text }) => text === 'commit');
  if (begin < 0 || commit < begin) throw new Error(`no transaction in ${own.map(({ text }) => text).join('; ')}`);
  return {
    before: [...own.slice(0, begin), ...own.slice(commit + 1)],
    transaction: own.slice(begin, commit + 1),
    orderId,
  };
}

/**
 * The same statements for another order: its id in place of the first one's, and fresh ids wherever the first one made
 * some.
 */
export function fillTemplate({ before, transaction, orderId }: Template, order: string): Omit<Template, 'orderId'> {
  const fresh = new Map<string, string>();
  const renew = (id: string, prefix: string) => {
    const known = fresh.get(id) ?? newId(prefix as IdPrefix);
    fresh.set(id, known);
    return known;
  };
  const fill = (statement: SentStatement): SentStatement => ({
    ...statement,
    values: statement.values.map((value) => value && value.replaceAll(orderId, order).replaceAll(ID, renew)),
  });
  return { before: before.map(fill), transaction: transaction.map(fill) };
}
