/**
 * When a job is due that waits for something else than a time. A day that programs can reckon with: of infinity they
 * make timers that never rest.
 */
export const NEVER = `timestamptz '9999-01-01 00:00:00+00'`;

/**
 * Of a row of `job`: it waits for other jobs to end. No state of its own, since programs of the release before would
 * not know it: they see one that is scheduled.
 */
export const waitsForJobs = (job: string): string => `${job}.state = 'scheduled' and ${job}.run_after = ${NEVER}`;

/** What a job says that waits for somebody else's answer. */
export const PARKED = 'PARKED';
/** Of a row of `job`: it waits for somebody else's answer. To programs of the release before it is tried again. */
export const isParked = (job: string): string => `${job}.state = 'retrying' and ${job}.error_code = '${PARKED}'`;

/** Why a job has failed that was to follow others. */
export const AFTER_FAILED = 'AFTER_FAILED';

/**
 * The order in which jobs are locked where several are: first those that others may wait for, then those that wait,
 * each by id. Who ends a job holds it and then wants those that wait for it.
 */
export const WAITING_LAST = `(run_after = ${NEVER}), id`;
