import type { Admission } from '@windlass/queue/breakers/breaker';
import { type AbortReason, GiveUp, RetryLater } from '@windlass/queue/jobs/errors';
import type { JobHandler } from '@windlass/queue/jobs/job-context';
import { retryUntilAvailable } from '@windlass/queue/statements/retry-until-available';
import { isSessionBroken } from '@windlass/messaging/is-server-away';
import type { SendOutcome } from '@windlass/messaging/smtp-outcome';
import type { Composed, ComposedMessage, NothingToSend } from '../../kit/compose-message.ts';
import type { WorkerServices } from '../../kit/worker-services.ts';
import { AWAY_WAITS_MS, FIRST_WAITS_MS, jobs, LOST_ANSWER } from '../contract.ts';
import { isJobOfUncertainDelivery } from '../retry-messages.ts';
import type { BegunAttempt } from './begin-attempts.ts';
import type { AttemptOutcome } from './record-outcomes.ts';

type SendEmail = (typeof jobs)['deliveries.send-email'];

/** Sends one delivery by SMTP and writes down what came of it. docs/approve-to-inbox.md draws the whole way. */
export const run: JobHandler<SendEmail, WorkerServices> = async (context, services) => {
  await services.heldShops.admit({ shopId: context.shopId!, deliveryId: context.payload.deliveryId });
  const call = await services.mailBreaker.admit();
  try {
    if (call.probe) await lookFirst(services, call);
    await send(context, services, call);
  } finally {
    await call.release().catch((error: unknown) => services.log.warn({ err: error }, 'probe not given back')); // it ends by itself
  }
};

/**
 * A server that was away is asked for a session before a message is begun: as long as it stays away, that is no attempt
 * of anybody's.
 */
async function lookFirst({ smtp, mailBreaker }: WorkerServices, call: Admission): Promise<void> {
  const there = await smtp.verify();
  if (there.ok) return;
  await call.failed(there);
  throw mailBreaker.held();
}

async function send(context: Parameters<typeof run>[0], services: WorkerServices, call: Admission): Promise<void> {
  const { ledger } = services;
  const { deliveryId } = context.payload;
  // Lease and attempt: a worker that lost its lease cannot move the delivery any more, however late it wakes up.
  const fence = `${context.leaseToken}:${context.attempt}`;
  const neverTwice = services.onLostCommit === 'uncertain';
  if ((neverTwice || context.attempt > 1) && (await ledger.declareUncertain(deliveryId)))
    throw new GiveUp({ ...LOST_ANSWER, message: 'an earlier attempt ended after its commit mark' });
  const delivery = await ledger.begin({ deliveryId, fence });
  if (!delivery) return endWithout(context, services);

  const started = performance.now();
  const message = await context.step('compose', () => compose(delivery, services), { rerun: true });
  if ('nothing' in message) return giveUp(message.nothing, { deliveryId, fence, services });
  const composeMs = performance.now() - started;

  const leave = await services.mailTurns.take(context.signal);
  try {
    if (!call.probe && services.mailBreaker.heldMs() > 0) await putOff({ deliveryId, fence, services });
    await offer(delivery, message, { context, services, call, fence, composeMs, neverTwice });
  } finally {
    leave();
  }
}

type Unsent = { deliveryId: string; fence: string; services: WorkerServices };

/** Writes how an attempt ended that never came to offer its message. */
const recordUnsent = (
  { deliveryId, fence, services }: Unsent,
  outcome: Pick<AttemptOutcome, 'state' | 'nextInMs' | 'error'>,
): Promise<boolean> =>
  services.ledger.recordOutcome({ deliveryId, fence, conversation: [], phases: {}, sendMs: 0, ...outcome });

/** The server was found away while this one waited for a connection: like whoever comes now, it spends no try. */
async function putOff(unsent: Unsent): Promise<never> {
  const held = unsent.services.mailBreaker.held();
  const { code, sentence, hint } = held.failure;
  await recordUnsent(unsent, {
    state: 'awaiting_retry',
    nextInMs: held.afterMs!,
    error: { code, sentence, hint },
  });
  throw held;
}

type Offer = {
  context: Parameters<typeof run>[0];
  services: WorkerServices;
  call: Admission;
  fence: string;
  composeMs: number;
  neverTwice: boolean;
};

/** Talks to the mail server, and writes down what it said. */
async function offer(
  delivery: BegunAttempt,
  message: ComposedMessage,
  { context, services, call, fence, composeMs, neverTwice }: Offer,
): Promise<void> {
  const { ledger } = services;
  const deliveryId = delivery.id;
  const sendStarted = performance.now();
  const outcome = await context.step(
    'send',
    () =>
      services.smtp.send(toMail(delivery, message), {
        signal: context.signal,
        onCommit: async () => {
          if (!(await ledger.markCommitting({ deliveryId, fence, composeMs })))
            throw new Error('the delivery belongs to another attempt');
        },
      }),
    { rerun: true },
  );
  try {
    await settle(outcome, {
      deliveryId,
      fence,
      attempt: delivery.attempt,
      sendMs: performance.now() - sendStarted,
      neverTwice,
      context,
      services,
    });
  } finally {
    // After the outcome is written, and whatever became of that: what was sent must not be forgotten over it.
    await reportToBreaker(outcome, call, services);
  }
}

/**
 * Nothing is left to send: it was aborted, or settled by a worker that died before its job ended. One that it left
 * uncertain fails its job here too, so that whoever decides can run it again.
 */
async function endWithout({ id }: Parameters<typeof run>[0], { database }: WorkerServices): Promise<void> {
  if (await isJobOfUncertainDelivery(database.sql, id))
    throw new GiveUp({ ...LOST_ANSWER, message: 'an earlier attempt left it uncertain' });
}

/** A server that refuses one message answers, and the next may pass; one that is not there refuses all. */
async function reportToBreaker(outcome: SendOutcome, call: Admission, { log }: WorkerServices): Promise<void> {
  const unheard = outcome.kind === 'not-sent' || outcome.kind === 'unknown';
  const away = unheard && (outcome.away || outcome.smtpCode === 421 || isSessionBroken(outcome.code));
  const answered = !unheard || outcome.smtpCode !== undefined;
  try {
    if (away) await call.failed(outcome);
    else if (answered) await call.succeeded();
  } catch (error) {
    log.warn({ err: error }, 'breaker not told'); // the next mail tells it
  }
}

function compose(delivery: BegunAttempt, services: WorkerServices): Promise<Composed> {
  return services.composers[delivery.kind]!(delivery);
}

/** Fails the delivery before anybody has been talked to. */
async function giveUp(error: NothingToSend, unsent: Unsent): Promise<never> {
  await recordUnsent(unsent, { state: 'failed', error });
  throw new GiveUp({ ...error, message: 'nothing left to send' });
}

/** Nobody's mailbox answers a machine: no holiday notices, no loops. */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

const toMail = (delivery: BegunAttempt, message: ComposedMessage) => ({
  from: { name: message.fromName, address: message.fromAddress },
  to: { name: delivery.recipientName, address: delivery.recipient },
  // The pages behind our links say "answer the mail": that is read by the shop, whatever the way makes of the sender.
  replyTo: { name: message.fromName, address: message.fromAddress },
  headers: AUTOMATIC,
  subject: delivery.subject,
  messageId: delivery.messageId,
  html: message.html,
  text: message.text,
});

type Settlement = {
  deliveryId: string;
  fence: string;
  attempt: number;
  sendMs: number;
  /** An answer that was lost is a person's to find out. */
  neverTwice: boolean;
  context: Parameters<typeof run>[0];
  services: WorkerServices;
};

/** One outcome, one state, one decision: done, again later, or a person's turn. */
async function settle(
  outcome: SendOutcome,
  { deliveryId, fence, attempt, sendMs, neverTwice, context, services }: Settlement,
): Promise<void> {
  // The server has spoken: a database that restarts just now must not make us ask it again. Fenced, so repeating is
  // harmless.
  const record = (result: AttemptOutcome) =>
    retryUntilAvailable(() => services.ledger.recordOutcome(result), {
      report: (error) => services.log.warn({ err: error, deliveryId }, 'outcome not written yet'),
      stopping: context.signal,
    });
  const kept = { deliveryId, fence, sendMs, conversation: outcome.conversation, phases: outcome.phases };
  if (outcome.kind === 'accepted') {
    if (!(await record({ ...kept, state: 'accepted', smtpCode: 250 })))
      throw new Error('the delivery belongs to another attempt');
    return;
  }
  if (outcome.kind === 'unknown' && neverTwice) {
    const error =
      outcome.smtpCode === undefined
        ? LOST_ANSWER
        : {
            ...LOST_ANSWER,
            sentence: 'The mail server had the whole message when it put it off, so nobody knows whether it kept it.',
          };
    await record({
      ...kept,
      state: 'uncertain',
      error,
      ...(outcome.smtpCode !== undefined && { smtpCode: outcome.smtpCode }),
    });
    throw new GiveUp({ ...error, message: `no certain answer after the dot: ${outcome.code}` });
  }
  const error = { code: outcome.code, sentence: outcome.sentence, hint: outcome.hint };
  const failure = { ...error, message: `${outcome.kind} ${outcome.code} ${outcome.smtpCode ?? ''}`.trim() };
  const told = { ...kept, error, ...(outcome.smtpCode !== undefined && { smtpCode: outcome.smtpCode }) };
  const stopped = context.signal.aborted ? (context.signal.reason as AbortReason) : undefined;
  if (stopped === 'cancelled' && outcome.kind !== 'unknown') {
    await record({ ...told, state: 'aborted' });
    throw new GiveUp(failure);
  }
  const later = async (
    nextInMs: number,
    { uncounted = false, givesUpInMs }: { uncounted?: boolean; givesUpInMs?: number } = {},
  ): Promise<never> => {
    await record({ ...told, state: 'awaiting_retry', nextInMs, givesUpInMs });
    throw new RetryLater(failure, { afterMs: nextInMs, uncounted });
  };
  if (stopped === 'shutdown' && outcome.kind !== 'rejected') return later(0);
  if (outcome.kind === 'not-sent' && outcome.away)
    return later(AWAY_WAITS_MS[attempt - 1] ?? AWAY_WAITS_MS.at(-1)!, { uncounted: true });
  const waits = jobs['deliveries.send-email'].retryDelaysMs.slice(context.tryNumber - 1);
  if (outcome.kind === 'rejected' || waits.length === 0) {
    await record({ ...told, state: 'failed' });
    throw new GiveUp(failure);
  }
  const late = context.tryNumber > FIRST_WAITS_MS.length;
  return later(waits[0]!, late ? { givesUpInMs: waits.reduce((sum, wait) => sum + wait) } : {});
}
