import type { StepEnd, StepStart } from './record-steps.ts';

const FLUSH_MS = 100;

export type RerunRecorder = {
  started(step: StepStart): void;
  ended(step: StepEnd): void;
  /** Writes what there is: before jobs end, since nothing is written of a job that has ended. */
  flush(): Promise<void>;
};

type Writers = {
  writeStarts: (starts: readonly StepStart[]) => Promise<unknown>;
  writeEnds: (ends: readonly StepEnd[]) => Promise<unknown>;
  /** Hears of what could not be written; it is no reason for a job to fail. */
  report: (error: Error) => void;
};

/**
 * What is written of steps that every attempt runs anew: their words and times, for people. Nobody resumes by them, so
 * the work does not wait for it; it is gathered over all jobs, ten times a second, or until some of them end.
 */
export function createRerunRecorder({ writeStarts, writeEnds, report }: Writers): RerunRecorder {
  let starts: StepStart[] = [];
  let ends: StepEnd[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const write = async () => {
    clearTimeout(timer);
    timer = undefined;
    const [begun, over] = [starts, ends];
    [starts, ends] = [[], []];
    try {
      if (begun.length > 0) await writeStarts(begun);
      if (over.length > 0) await writeEnds(over);
    } catch (error) {
      report(error as Error);
    }
  };
  const flush = () => (writing = writing.then(write));
  const soon = () => (timer ??= setTimeout(() => void flush(), FLUSH_MS));

  return {
    started(step) {
      starts.push(step);
      soon();
    },
    ended(step) {
      ends.push(step);
      soon();
    },
    flush,
  };
}
