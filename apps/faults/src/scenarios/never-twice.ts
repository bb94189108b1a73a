import type { DeliveryRow } from '@windlass/capabilities/deliveries/contract';
import { MAIL_CONNECTIONS } from '@windlass/capabilities/deliveries/contract';
import { approveOrders } from '../client/approve-orders.ts';
import { callProcedure } from '../client/call-procedure.ts';
import { signIn } from '../client/sign-in.ts';
import { checkApprovals } from '../checkers/check-answers.ts';
import { checkNeverTwice } from '../checkers/check-never-twice.ts';
import { checkStrikes } from '../checkers/check-strikes.ts';
import type { History } from '../history.ts';
import { defineScenario } from '../scenario.ts';
import type { Stack } from '../stack/start-stack.ts';
import { untilSettled } from '../stack/until-settled.ts';
import { writeLedger } from '../stack/write-ledger.ts';
import { strikeWorkers } from './strike-workers.ts';

const REPLY_MS = 40;
const PART = 'killed';

export const neverTwice = defineScenario({
  name: 'never-twice',
  row: 2,
  promise: 'With MAIL_ON_LOST_COMMIT=uncertain no message is sent twice, and a person decides on each that is in doubt',
  caveat: 'Some of the messages in doubt were not sent: that is what the person finds out.',
  full: { orders: 2_000, kills: 50 },
  small: { orders: 90, kills: 3 },

  async run({ size, history, nemesis, startStack }) {
    const stack = await startStack({ workers: 2, durable: false, env: { MAIL_ON_LOST_COMMIT: 'uncertain' } });
    const cookie = await signIn(stack.url, stack.shop.admins[0]!);
    stack.mail.replyAfter(REPLY_MS);
    const orders = await stack.placeOrders(size.orders);
    const click = (some: typeof orders) => approveOrders(some, { stack, history, cookie, part: PART, clients: 8 });
    await strikeWorkers({ stack, nemesis, how: 'kill -9 of a worker', strikes: size.kills, orders, click });
    await untilSettled(stack, history);
    await writeLedger(stack, history);
    await decideOnAll(stack, history, cookie);
  },

  check: (entries, { kills }) => [
    ...checkStrikes(entries, { 'kill -9 of a worker': kills }),
    ...checkApprovals(entries, PART),
    ...checkNeverTwice(entries, { part: PART, mostUncertain: kills * MAIL_CONNECTIONS }),
  ],
});

/** What a person does: goes through the list of problems, and says of every other one that it was sent. */
async function decideOnAll(stack: Stack, history: History, cookie: string): Promise<void> {
  const who = { url: stack.url, cookie };
  const asked: { delivery: string; as: 'sent' | 'send_again'; status: number }[] = [];
  for (let cursor: string | undefined, more = true; more;) {
    const page = await callProcedure(who, {
      name: 'deliveries.list',
      input: { tab: 'problems', limit: 100, ...(cursor && { cursor }) },
    });
    const { rows, next } = page.data as { rows: DeliveryRow[]; next: string | null };
    for (const { id, state } of rows) if (state === 'uncertain') history.write({ what: 'shown', delivery: id });
    for (const { id } of rows) {
      const as = asked.length % 2 === 0 ? 'sent' : 'send_again';
      const { status } = await callProcedure(who, {
        name: 'deliveries.resolveUncertain',
        input: { deliveryId: id, as },
        change: true,
      });
      asked.push({ delivery: id, as, status });
    }
    cursor = next ?? undefined;
    more = next !== null;
  }
  await untilSettled(stack, history);
  for (const line of asked) {
    const row = await stack.database.sql.row<{ state: string }>(
      'faults-state',
      'select state::text from delivery where id = $1',
      [line.delivery],
    );
    history.write({ what: 'resolved', ...line, state: row?.state ?? 'missing' });
  }
}
