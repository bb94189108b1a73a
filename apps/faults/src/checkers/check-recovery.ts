import { type Line } from '../history.ts';
import { type Asked, type Mailed, only } from '../entry.ts';
import { atMost, timed, type Verdict } from '../verdict.ts';

type At<Kind> = Kind & { at: number };

/**
 * How long a mail took, counted from its approval or from the end of the last strike before it, whichever is later:
 * what stood in its way was gone by then.
 */
export function checkMailRecovery(lines: readonly Line[], mostSeconds: number): Verdict {
  const ends = only(lines, 'struck')
    .filter(({ phase }) => phase === 'done')
    .map((line) => (line as At<typeof line>).at);
  const addresses = new Map(only(lines, 'ledger').map(({ order, email }) => [order, email]));
  const firstMail = new Map<string, number>();
  for (const line of only(lines, 'mailed'))
    if (!firstMail.has(line.to)) firstMail.set(line.to, (line as At<typeof line>).at);
  const waits = only(lines, 'asked').flatMap((line) => {
    const mailed = firstMail.get(addresses.get(line.order) ?? '');
    if (line.status !== 200 || mailed === undefined) return [];
    const free = ends.findLast((end) => end < mailed) ?? 0;
    return [mailed - Math.max((line as At<typeof line>).at, free)];
  });
  return timed(atMost('longest wait for a mail after the last strike, s', Math.max(0, ...waits) / 1_000, mostSeconds));
}

/** How long clients waited for the first yes after each strike's end. */
export function checkAnswerRecovery(lines: readonly Line[], mostSeconds: number): Verdict {
  const yes = only(lines, 'asked')
    .filter(({ status }) => status === 200)
    .map((line) => (line as At<typeof line>).at);
  const waits = only(lines, 'struck')
    .filter(({ phase }) => phase === 'done')
    .map((line) => {
      const { at } = line as At<typeof line>;
      return (yes.find((moment) => moment > at) ?? Number.POSITIVE_INFINITY) - at;
    });
  return timed(atMost('longest wait for the first yes after a strike, s', Math.max(0, ...waits) / 1_000, mostSeconds));
}

/**
 * How long after each strike's end the next mail went out that was owed by then: work goes on by itself, however much
 * has piled up.
 */
export function checkWorkRecovery(lines: readonly Line[], mostSeconds: number): Verdict {
  const yes = only(lines, 'asked').filter(({ status }) => status === 200) as At<Asked>[];
  const approvedAt = new Map(yes.map(({ order, at }) => [order, at]));
  const orders = new Map(only(lines, 'ledger').map(({ order, email }) => [email, order]));
  const mailed = only(lines, 'mailed') as At<Mailed>[];
  const mails = mailed.map(({ at, to }) => ({ at, owedAt: approvedAt.get(orders.get(to) ?? '') ?? 0 }));
  const waits = only(lines, 'struck')
    .filter(({ phase }) => phase === 'done')
    .flatMap((line) => {
      const { at } = line as At<typeof line>;
      const next = mails.find((mail) => mail.at > at);
      return next ? [next.at - Math.max(at, next.owedAt)] : [];
    });
  return timed(atMost('longest wait for the first mail after a strike, s', Math.max(0, ...waits) / 1_000, mostSeconds));
}
