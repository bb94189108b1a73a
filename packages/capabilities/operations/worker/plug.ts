import { pruneSignIns } from '@windlass/auth/prune-sign-ins';
import { pruneEvents } from '@windlass/live/prune-events';
import { pruneIdempotencyKeys } from '../../kit/idempotency.ts';
import { defineWorkerPlug } from '../../kit/worker-plug.ts';
import { sessionsEnded } from '../events.ts';
import { composeAccountMail } from './compose-account-mail.ts';

export const workerPlug = defineWorkerPlug({
  jobs: {},
  handlers: {},
  async prune(sql) {
    await pruneSignIns(sql);
    await pruneIdempotencyKeys(sql);
    await pruneEvents(sql, sessionsEnded.topic);
  },
  composers({ database, settings }) {
    const compose = composeAccountMail(database, settings);
    return { invitation: compose, 'password-reset': compose };
  },
});
