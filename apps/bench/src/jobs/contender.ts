/** What a worker process can be asked to do, whoever's queue it runs. One thing at a time. */
export type Contender = {
  /** Puts so many empty jobs where they wait; nothing runs yet. */
  fill(count: number): Promise<void>;
  /** Lets them run. Resolves when the last of them has ended for good. */
  drain(): Promise<void>;
  /** Runs so many jobs of 100 progress reports each, to their end. */
  report?(count: number): Promise<void>;
  /** How often each statement of ours was sent so far. */
  statements?(): Record<string, number>;
  close(): Promise<void>;
};

export type ContenderOptions = {
  databaseUrl: string;
  engineUrl: string;
  concurrency: number;
  /** Called when a single job, put in from outside, begins to run. */
  onStart: () => void;
};

export const REPORTS = 100;
/** Between two reports of a job: half a second in all. */
export const REPORT_EVERY_MS = 5;

/** Resolves when it has been called so many times. */
export function countDown(): { expect(count: number): Promise<void>; hit(): void } {
  let left = 0;
  let done = () => {};
  return {
    expect(count) {
      left = count;
      return new Promise((resolve) => (done = resolve));
    },
    hit() {
      left -= 1;
      if (left === 0) done();
    },
  };
}
