import { admin, operator, router, viewer } from '../../kit/trpc.ts';
import {
  acknowledgeFailuresInput,
  addApiKeyInput,
  addApiKeyOutput,
  apiKeysOutput,
  byId,
  changePasswordInput,
  countedOutput,
  demoOutput,
  doneOutput,
  failuresOutput,
  invitePersonInput,
  jobCountsOutput,
  jobDetail,
  jobRowsInput,
  jobRowsOutput,
  jobStateOutput,
  killWorkerInput,
  listJobsInput,
  listJobsOutput,
  measuresOutput,
  peopleOutput,
  releaseMessagesInput,
  retryFailuresInput,
  retryFailuresOutput,
  setMailTroubleInput,
  setRoleInput,
  setStorageTroubleInput,
  stopRetryRunInput,
  troubleOutput,
  waitingOutput,
} from '../contract.ts';
import { acknowledgeFailures, acknowledgeOneJob } from './acknowledge-failures.ts';
import { cancelOneJob } from './cancel-one-job.ts';
import { changePassword } from './change-password.ts';
import { countJobs } from './count-jobs.ts';
import { countWaiting } from './count-waiting.ts';
import { killWorker, readDemo, setMailTrouble, setStorageTrouble } from './demo.ts';
import { disablePerson, enablePerson } from './disable-person.ts';
import { getJob } from './get-job.ts';
import { invitePerson, resendInvitation } from './invite-person.ts';
import { addApiKey, listApiKeys, revokeApiKey } from './keys.ts';
import { listFailures } from './list-failures.ts';
import { listJobRows } from './list-job-rows.ts';
import { listJobs } from './list-jobs.ts';
import { listPeople, setRole } from './people.ts';
import { readMeasures } from './read-measures.ts';
import { readTrouble } from './read-trouble.ts';
import { releaseMessages } from './release-messages.ts';
import { removePerson } from './remove-person.ts';
import { retryFailures } from './retry-failures.ts';
import { retryOneJob } from './retry-one-job.ts';
import { sendReset } from './send-reset.ts';
import { stopRetryRun } from './stop-retry-run.ts';

export const operationsRouter = router({
  waiting: viewer.output(waitingOutput).query(({ ctx }) => countWaiting(ctx)),
  jobs: viewer
    .input(listJobsInput)
    .output(listJobsOutput)
    .query(({ ctx, input }) => listJobs(ctx, input)),
  jobRows: viewer
    .input(jobRowsInput)
    .output(jobRowsOutput)
    .query(({ ctx, input }) => listJobRows(ctx, input.ids)),
  jobCounts: viewer.output(jobCountsOutput).query(({ ctx }) => countJobs(ctx)),
  job: viewer
    .input(byId)
    .output(jobDetail)
    .query(({ ctx, input }) => getJob(ctx, input.id)),
  retryJob: operator
    .input(byId)
    .output(jobStateOutput)
    .mutation(({ ctx, input }) => retryOneJob(ctx, input.id)),
  failures: viewer.output(failuresOutput).query(({ ctx }) => listFailures(ctx)),
  trouble: viewer.output(troubleOutput).query(({ ctx }) => readTrouble(ctx)),
  releaseMessages: admin
    .input(releaseMessagesInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => releaseMessages(ctx, input.nextNumber)),
  measures: viewer.output(measuresOutput).query(({ ctx }) => readMeasures(ctx)),
  retryFailures: operator
    .input(retryFailuresInput)
    .output(retryFailuresOutput)
    .mutation(({ ctx, input }) => retryFailures(ctx, input)),
  stopRetryRun: operator
    .input(stopRetryRunInput)
    .output(countedOutput)
    .mutation(({ ctx, input }) => stopRetryRun(ctx, input.run)),
  acknowledgeFailures: operator
    .input(acknowledgeFailuresInput)
    .output(countedOutput)
    .mutation(({ ctx, input }) => acknowledgeFailures(ctx, input)),
  acknowledgeJob: operator
    .input(byId)
    .output(countedOutput)
    .mutation(({ ctx, input }) => acknowledgeOneJob(ctx, input.id)),
  demo: viewer.output(demoOutput).query(({ ctx }) => readDemo(ctx)),
  setMailTrouble: operator
    .input(setMailTroubleInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => setMailTrouble(ctx, input.trouble)),
  setStorageTrouble: operator
    .input(setStorageTroubleInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => setStorageTrouble(ctx, input.trouble)),
  killWorker: operator
    .input(killWorkerInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => killWorker(ctx, input.worker)),
  cancelJob: operator
    .input(byId)
    .output(jobStateOutput)
    .mutation(({ ctx, input }) => cancelOneJob(ctx, input.id)),
  /** The one thing every person may change. */
  changePassword: viewer
    .input(changePasswordInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  people: admin.output(peopleOutput).query(({ ctx }) => listPeople(ctx)),
  invitePerson: admin
    .input(invitePersonInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => invitePerson(ctx, input)),
  resendInvitation: admin
    .input(byId)
    .output(doneOutput)
    .mutation(({ ctx, input }) => resendInvitation(ctx, input.id)),
  sendReset: admin
    .input(byId)
    .output(doneOutput)
    .mutation(({ ctx, input }) => sendReset(ctx, input.id)),
  setRole: admin
    .input(setRoleInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => setRole(ctx, input)),
  disablePerson: admin
    .input(byId)
    .output(doneOutput)
    .mutation(({ ctx, input }) => disablePerson(ctx, input.id)),
  enablePerson: admin
    .input(byId)
    .output(doneOutput)
    .mutation(({ ctx, input }) => enablePerson(ctx, input.id)),
  removePerson: admin
    .input(byId)
    .output(doneOutput)
    .mutation(({ ctx, input }) => removePerson(ctx, input.id)),
  apiKeys: admin.output(apiKeysOutput).query(({ ctx }) => listApiKeys(ctx)),
  addApiKey: admin
    .input(addApiKeyInput)
    .output(addApiKeyOutput)
    .mutation(({ ctx, input }) => addApiKey(ctx, input.name)),
  revokeApiKey: admin
    .input(byId)
    .output(doneOutput)
    .mutation(({ ctx, input }) => revokeApiKey(ctx, input.id)),
});

const slice = router({ operations: operationsRouter });
/** The part of the root router that this capability's screens see. */
export type OperationsSlice = typeof slice;
