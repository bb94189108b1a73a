import type { BringLives } from '../kit/job-catalogue.ts';
import { stopMessagesOfJobs } from './abort-deliveries.ts';
import { acknowledgeMessages } from './acknowledge-messages.ts';
import type { jobs } from './contract.ts';
import { queueMessagesAgain, refuseRetry } from './retry-messages.ts';
import { lockOrdersOfJobs, settleDeliveries } from './settle-ended-jobs.ts';

/** For both programs: a message goes where its job goes, whoever moves that. */
export const jobLives: BringLives<typeof jobs> = (settlers) => ({
  'deliveries.send-email': {
    lockFirst: lockOrdersOfJobs,
    settles: ['failed', 'cancelled'],
    onSettled: (tx, ends) => settleDeliveries(tx, ends, settlers),
    onCancel: (tx, jobIds, { name }) => stopMessagesOfJobs(tx, jobIds, { by: name, settlers }),
    refuseRetry,
    onRetry: queueMessagesAgain,
    onAcknowledge: (tx, jobIds, { name }) => acknowledgeMessages(tx, jobIds, { by: name, settlers }),
  },
});
