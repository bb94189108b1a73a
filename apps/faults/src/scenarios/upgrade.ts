import { migrate } from '@windlass/db/migrate';
import { approveBatch } from '../client/approve-batch.ts';
import { approveOrders } from '../client/approve-orders.ts';
import { openAudience } from '../client/open-audience.ts';
import { readMetric } from '../client/read-metric.ts';
import { signIn } from '../client/sign-in.ts';
import { checkAnswers, checkApprovals } from '../checkers/check-answers.ts';
import { checkLiveSegments } from '../checkers/check-live-segments.ts';
import { approvedIn, checkMails } from '../checkers/check-mails.ts';
import { checkStrikes } from '../checkers/check-strikes.ts';
import { type Entry, figureOf, only } from '../entry.ts';
import { defineScenario } from '../scenario.ts';
import { findCommit, openFormerRelease } from '../stack/former-release.ts';
import type { PlacedOrder } from '../stack/make-shop.ts';
import type { RunningProgram, Stack } from '../stack/start-stack.ts';
import { untilSettled } from '../stack/until-settled.ts';
import { writeFaults } from '../stack/write-faults.ts';
import { writeLedger } from '../stack/write-ledger.ts';
import { atLeast, atMost, none, timed, told, type Verdict } from '../verdict.ts';

const REPLY_MS = 40;
const PART = 'clicks';
const BATCHES = 'batches';
const TEAM = 2;
const LOST = `select count(*)::int as n from job_attempt where outcome = 'lost'`;
const SENT = 'wl_job_duration_seconds_count{name="deliveries.send-email",result="succeeded"}';
const SENT_TOGETHER = 'mails by the release whose workers sent fewer, while both ran';
type Strike = { how: string; victim: string; harm: () => Promise<unknown> };
type Size = { orders: number; together: number; batch: number; putOff: number; listeners: number };

/** Each is done while orders are approved: a portion each. */
const ACTS = 2 + 4 * TEAM;

export const upgrade = defineScenario<Size>({
  name: 'upgrade',
  row: 16,
  promise:
    'This release is brought up beside the one before, on one database and queue, migrated while the former’s programs run and then end one after the other: nobody is refused, nothing is lost, nothing done twice',
  caveat: `${TEAM} servers and ${TEAM} workers of each release, from \`--from COMMIT\`. A stream that moves between releases is told once to begin anew, and fetches everything.`,
  full: { orders: 2_400, together: 1_200, batch: 300, putOff: 100, listeners: 12 },
  small: { orders: 240, together: 60, batch: 30, putOff: 10, listeners: 4 },
  obstacle: ({ from }) =>
    findCommit(from) ? undefined : `this clone has no commit ${from}: fetch it, or say another one with --from`,

  async run({ size, history, nemesis, startStack, from }) {
    const former = await openFormerRelease(from);
    history.write({ what: 'noted', text: former.commit });
    const stack = await startStack({ servers: TEAM, workers: TEAM, durable: false, former });
    const { next } = stack;
    const cookie = await signIn(stack.url, stack.shop.admins[0]!);
    stack.mail.replyAfter(REPLY_MS);
    /** By turns one of each release, so that who tries again comes to the other. */
    const programs = (): RunningProgram[] =>
      stack.servers.flatMap((server, i) => [server, next.servers[i]!]).filter((server) => server.running());
    const audience = openAudience({ stack, cookie, history, programs });
    await audience.listen(size.listeners, 'listener');

    const portion = Math.ceil(size.orders / ACTS);
    let isMigrated = false;
    const place = async (count: number) => {
      const byFormer = isMigrated ? Math.floor(count / 2) : count;
      return [
        ...(await former.placeOrders(stack.postgres.url, stack.shop, byFormer)),
        ...(await stack.placeOrders(count - byFormer)),
      ];
    };
    /** Orders are approved at whatever runs, and meanwhile the strike. */
    const act = async (orders: readonly PlacedOrder[], strike?: Strike) => {
      const clicked = approveOrders(orders, {
        stack: { ...stack, servers: programs() },
        history,
        cookie,
        part: PART,
        clients: 6,
        tries: 3,
      });
      await nemesis.pause(50, 400);
      if (strike) await nemesis.strike(strike.how, strike.victim, strike.harm);
      await clicked;
    };

    const harm = () => migrate(stack.postgres.url);
    await act(await place(portion), { how: 'migrated', victim: 'database', harm });
    isMigrated = true;
    await act(await place(portion));
    for (const { name, start } of inTurn(next))
      await act(await place(portion), { how: 'started beside', victim: name, harm: start });
    await audience.listen(size.listeners, 'newcomer');

    const [many, one, other] = [await place(size.together), await place(size.batch), await place(size.batch)];
    const sent = async ({ workers }: Pick<Stack, 'workers'>) =>
      (await Promise.all(workers.map(({ url }) => readMetric(url, SENT)))).reduce((sum, count) => sum + count, 0);
    const before = [await sent(stack), await sent(next)] as const;
    const batch = { cookie, part: BATCHES, history };
    stack.mail.putOff(size.putOff);
    await Promise.all([
      act(many),
      approveBatch(one, { ...batch, url: stack.servers[0]!.url }),
      approveBatch(other, { ...batch, url: next.servers[0]!.url }),
    ]);
    stack.mail.replyAfter(REPLY_MS);
    await untilSettled(stack, history);
    const fewer = Math.min((await sent(stack)) - before[0], (await sent(next)) - before[1]);
    history.write({ what: 'measured', name: SENT_TOGETHER, value: fewer });

    const endings = new Map<string, number>();
    for (const { name, stop } of inTurn(stack)) {
      const end = () => {
        endings.set(name, Date.now());
        return stop();
      };
      await act(await place(portion), { how: 'told to end', victim: name, harm: end });
    }
    await untilSettled(stack, history);
    await act(await place(1)); // its mail is the last that is heard
    await untilSettled(stack, history);
    await audience.leave();
    const lost = await stack.database.sql.row<{ n: number }>('faults-lost', LOST);
    history.write({ what: 'measured', name: 'jobs left behind', value: lost!.n });
    await writeLedger(stack, history);
    writeFaults(stack.folder, history, endings);
  },

  check: (entries, { orders, together, batch }) => {
    const [from] = only(entries, 'noted');
    const ended = only(entries, 'ended');
    const asked = only(entries, 'asked').filter(({ part, status }) => part === PART && status === 200);
    const looked = only(entries, 'honest').filter(({ status }) => status !== undefined);
    const faults = only(entries, 'logged');
    return [
      told('the release before', from!.text.slice(0, 7)),
      ...checkStrikes(entries, { migrated: 1, 'started beside': 2 * TEAM, 'told to end': 2 * TEAM }),
      atLeast('clicks answered with yes', asked.length, orders + together),
      atLeast(SENT_TOGETHER, figureOf(entries, SENT_TOGETHER), 1),
      none(
        'programs that did not end by themselves with 0',
        ended.filter(({ code }) => code !== 0).map(({ program, code }) => `${program} ${code}`),
      ),
      timed(atMost('longest end, s', Math.max(0, ...ended.map(({ ms }) => ms)) / 1_000, 10)),
      ...checkAnswers(entries, PART),
      ...checkApprovals(entries, PART),
      ...checkMails(entries, { part: PART, mostCopies: 0 }),
      ...checkBatches(entries, batch),
      atLeast('pages looked at', looked.length, 100),
      none(
        'pages answered with something else than 200 or 503',
        looked.filter(({ status }) => status !== 200 && status !== 503).map(({ status }) => String(status)),
      ),
      ...checkLiveSegments(entries, 1),
      atMost('jobs left behind', figureOf(entries, 'jobs left behind'), 0),
      none(
        'errors in the logs of programs that were to work',
        faults.map(({ program, text }) => `${program}: ${text}`),
      ),
    ];
  },
});

/** A server, a worker, a server, a worker. */
const inTurn = ({ servers, workers }: Pick<Stack, 'servers' | 'workers'>): RunningProgram[] =>
  servers.flatMap((server, i) => [server, workers[i]!]);

/** One batch asked of each release, decided and mailed by workers of either. */
const checkBatches = (entries: readonly Entry[], size: number): Verdict[] => [
  atLeast('orders approved by batches', approvedIn(entries, BATCHES).size, 2 * size),
  ...[...checkApprovals(entries, BATCHES), ...checkMails(entries, { part: BATCHES, mostCopies: 0 })].map((verdict) => ({
    ...verdict,
    promise: `batches: ${verdict.promise}`,
  })),
];
