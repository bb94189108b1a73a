import type { StepEnd, StepStart } from './record-steps.ts';

const FLUSH_MS = 100;

export type StepRecorder = {
  started(step: StepStart): void;
  /** Of a step that every attempt runs anew. What later attempts resume by is written before the work goes on. */
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
 * What is written of steps for people: that they began, and the times of those that every attempt runs anew. Nobody
 * resumes by that, so the work does not wait for it; it is gathered over all jobs, ten times a second, or until some of
 * them end.
 */
export function createStepRecorder({ writeStarts, writeEnds, report }: Writers): StepRecorder {
  let starts: StepStart[] = [];
  /** By job and step: of one that was run several times the last counts. */
  let ends = new Map<string, StepEnd>();
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const write = async () => {
    clearTimeout(timer);
    timer = undefined;
    const [begun, over] = [starts, [...ends.values()]];
    [starts, ends] = [[], new Map()];
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
      ends.set(`${step.jobId} ${step.step}`, step);
      soon();
    },
    flush,
  };
}
