import type { Asked, Entry, Ledger, Mailed, Struck } from '../src/entry.ts';
import type { Line } from '../src/history.ts';
import type { Verdict } from '../src/verdict.ts';

/** The promises a list of verdicts says were broken. */
export const broken = (verdicts: readonly Verdict[]): string[] =>
  verdicts.filter(({ kept }) => !kept).map(({ promise }) => promise);

/** Lines a millisecond apart, in the order given. */
export const timed = (entries: readonly Entry[]): Line[] => entries.map((entry, i) => ({ at: i, ...entry }));

export const asked = (order: string, rest: Partial<Asked> = {}): Asked => ({
  what: 'asked',
  verb: 'approve',
  order,
  part: 'part',
  person: 'first',
  key: `click-${order}`,
  try: 1,
  status: 200,
  body: yes(order),
  ms: 5,
  ...rest,
});
export const yes = (order: string, { alreadyDone = false, version = 2 } = {}): string =>
  JSON.stringify({ result: { data: { alreadyDone, orderId: order, number: 1001, version } } });

export const emailOf = (order: string): string => `${order}@customers.test`;
export const mailed = (order: string, rest: Partial<Mailed> = {}): Mailed => ({
  what: 'mailed',
  to: emailOf(order),
  messageId: `<${order}>`,
  links: [`http://127.0.0.1:1/d/${order}`],
  replied: true,
  ...rest,
});
export const ledger = (order: string, rest: Partial<Ledger> = {}): Ledger => ({
  what: 'ledger',
  order,
  email: emailOf(order),
  status: 'approved',
  version: 2,
  approvals: 1,
  rejections: 0,
  delivery: `dlv-${order}`,
  state: 'accepted',
  messageId: `<${order}>`,
  attempts: 1,
  commits: 1,
  ...rest,
});
export const struck = (how: string, phase: Struck['phase'] = 'done'): Struck => ({
  what: 'struck',
  how,
  victim: 'victim',
  phase,
});
