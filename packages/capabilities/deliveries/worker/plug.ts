import { urlOf } from '@windlass/config/parse-env';
import type { Database } from '@windlass/db/open-database';
import { createSmtpSender, type SmtpSender } from '@windlass/messaging/smtp-sender';
import { type Breaker, createBreaker } from '@windlass/queue/breakers/breaker';
import { Gauge, type Registry } from 'prom-client';
import { z } from 'zod';
import { defineWorkerPlug } from '../../kit/worker-plug.ts';
import {
  AFTER_DOT_MS,
  jobs,
  lostCommitPolicies,
  type LostCommitPolicy,
  MAIL_CONNECTIONS,
  MOST_COPIES,
} from '../contract.ts';
import { jobLives } from '../job-lives.ts';
import { type HeldShops, watchHeldShops } from '../restored/held-shops.ts';
import { warnIfRestored } from '../restored/warn-if-restored.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { createTurns, type Turns } from './turns.ts';

declare module '../../kit/worker-services.ts' {
  interface PlugServices {
    smtp: SmtpSender;
    /** For a connection to the mail server. Held from before a message is offered until its outcome is written. */
    mailTurns: Turns;
    /** Holds mail back, without spending tries, while the mail server is away. */
    mailBreaker: Breaker;
    /** Holds messages back where the house runs on a restored backup. */
    heldShops: HeldShops;
    onLostCommit: LostCommitPolicy;
    /** What is written about the deliveries that are sent here. */
    ledger: Ledger;
  }
}

export const workerPlug = defineWorkerPlug({
  jobs,
  jobLives,
  handlers: { 'deliveries.send-email': () => import('./send-email.ts') },
  env: {
    SMTP_URL: urlOf('smtp', 'smtps'),
    MAIL_ON_LOST_COMMIT: z.enum(lostCommitPolicies).default('resend'),
    /** How long the mail server may take to be there, and to answer. */
    SMTP_CONNECT_SECONDS: z.coerce.number().positive().default(5),
    SMTP_ANSWER_SECONDS: z.coerce
      .number()
      .positive()
      .default(AFTER_DOT_MS / 1000),
    /** How long a mail server that was away is left alone before it is asked again. */
    SMTP_AWAY_SECONDS: z.coerce.number().positive().default(15),
  },
  async open({ database, messageSettlers, wakes, metrics, log, report }, env) {
    const smtp = createSmtpSender({
      url: env.SMTP_URL,
      maxConnections: MAIL_CONNECTIONS,
      connectTimeoutMs: env.SMTP_CONNECT_SECONDS * 1000,
      greetingTimeoutMs: env.SMTP_CONNECT_SECONDS * 1000,
      socketTimeoutMs: env.SMTP_ANSWER_SECONDS * 1000,
    });
    const { host } = new URL(env.SMTP_URL);
    const mailBreaker = createBreaker({
      sql: database.sql,
      wakes,
      report,
      key: `smtp:${host}`,
      title: `The mail server ${host}`,
      queue: 'mail',
      waitMs: env.SMTP_AWAY_SECONDS * 1000,
    });
    await warnIfRestored({ database, log });
    const heldShops = await watchHeldShops({ sql: database.sql, wakes, report });
    watchOldest(database, metrics);
    return {
      services: {
        smtp,
        mailTurns: createTurns(MAIL_CONNECTIONS),
        mailBreaker,
        heldShops,
        onLostCommit: env.MAIL_ON_LOST_COMMIT,
        ledger: openLedger(database, {
          settlers: messageSettlers,
          mostCopies: MOST_COPIES[env.MAIL_ON_LOST_COMMIT],
        }),
      },
      holds: { mail: mailBreaker },
      close() {
        mailBreaker.close();
        heldShops.close();
        smtp.close();
      },
    };
  },
});

const OLDEST = `select extract(epoch from now() - min(coalesce(held_until, created_at)))::float8 as age from delivery
  where state in ('queued', 'sending', 'committing', 'awaiting_retry') or (state = 'withheld' and held_until < now())`;

/** Read when it is asked for. */
const watchOldest = (database: Database, registry: Registry) =>
  new Gauge({
    name: 'wl_delivery_age_seconds',
    help: 'Age of the oldest delivery that is still on its way: the one alert that matters',
    registers: [registry],
    async collect() {
      const row = await database.sql.row<{ age: number | null }>('oldest-open-delivery', OLDEST);
      this.set(row?.age ?? 0);
    },
  });
