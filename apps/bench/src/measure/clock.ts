/**
 * Milliseconds of the machine's monotonic clock: the same in every process, so times of two of them may be subtracted.
 */
export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;
