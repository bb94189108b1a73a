import { defineWorkerPlug } from '../../kit/worker-plug.ts';
import { composeAccountMail } from './compose-account-mail.ts';

export const workerPlug = defineWorkerPlug({
  jobs: {},
  handlers: {},
  composers({ database, settings }) {
    const compose = composeAccountMail(database, settings);
    return { invitation: compose, 'password-reset': compose };
  },
});
