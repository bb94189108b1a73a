import { type Entry, only } from '../entry.ts';
import { none, type Verdict } from '../verdict.ts';

/** What a client that clicks is owed: an answer in the end, the same under the same key, and one approval behind it. */
export function checkAnswers(entries: readonly Entry[], part: string): Verdict[] {
  const asked = only(entries, 'asked').filter((line) => line.part === part);
  const clicks = Map.groupBy(asked, ({ key }) => key);
  const answersOf = (key: string) =>
    clicks.get(key)!.filter(({ status }) => status !== undefined && status !== 503 && status !== 429);

  const unanswered = [...clicks.keys()].filter((key) => answersOf(key).length === 0);
  const refused = asked.filter(({ status }) => status !== undefined && ![200, 503, 429].includes(status));
  const twoFaced = [...clicks.keys()].filter(
    (key) => new Set(answersOf(key).map(({ status, body }) => `${status} ${body}`)).size > 1,
  );
  // Who is told "somebody has done it already" by the answer to its own click was not told the answer to its click.
  const estranged = [...clicks.keys()].filter((key) =>
    answersOf(key).some(({ body }) => body?.includes('"alreadyDone":true')),
  );
  return [
    none('clicks without an answer', unanswered),
    none(
      'answers other than yes or "try again"',
      refused.map(({ key, status }) => `${key} ${status}`),
    ),
    none('clicks whose answers differ', twoFaced),
    none('clicks answered as somebody else’s', estranged),
  ];
}

/** What the record is owed: each order that a client was told of is approved, once, with one delivery. */
export function checkApprovals(entries: readonly Entry[], part: string): Verdict[] {
  const asked = only(entries, 'asked').filter((line) => line.part === part && line.status === 200);
  const told = new Set(asked.map(({ order }) => order));
  const orders = Map.groupBy(only(entries, 'ledger'), ({ order }) => order);
  const rowsOf = (order: string) => orders.get(order) ?? [];
  const wrong = (is: (order: string) => boolean) => [...told].filter(is);
  return [
    none(
      'acknowledged approvals that the database lost',
      wrong((order) => rowsOf(order)[0]?.status !== 'approved'),
    ),
    none(
      'orders approved more than once',
      wrong((order) => (rowsOf(order)[0]?.approvals ?? 0) > 1),
    ),
    none(
      'orders without exactly one delivery',
      wrong((order) => rowsOf(order).filter(({ delivery }) => delivery).length !== 1),
    ),
  ];
}
