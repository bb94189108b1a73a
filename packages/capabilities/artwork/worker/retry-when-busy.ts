import { MachineBusy } from '@windlass/image-pipeline/machine-busy';
import { RetryLater } from '@windlass/queue/jobs/errors';

/**
 * Work on pictures. That the machine had too much else to do says nothing of the file: its job is tried again, and the
 * file keeps its state.
 */
export async function retryWhenBusy<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MachineBusy)) throw error;
    throw new RetryLater({
      code: 'MACHINE_BUSY',
      message: error.message,
      sentence: 'The machine had too much else to do to work on this picture.',
      hint: 'It is tried again by itself. If it keeps failing, retry it when there is less to do.',
    });
  }
}
