/** Why everything ends: the launcher's exit code, and a sentence where it was not asked to. */
export type End = { code: number; sentence?: string };

/** What each step of a start is given. */
export type Launch = {
  /** one calm line of progress, under the name of the part that speaks */
  say: (part: string, line: string) => void;
  /** registers how to stop what was just started; all run in reverse order */
  onStop: (stop: () => Promise<void>) => void;
  /** aborted when the stop begins: steps under way give up */
  stopping: AbortSignal;
  /** begins the stop; only the first reason counts */
  end: (end: End) => void;
};

export type Launcher = Launch & {
  /** resolves when something has called `end` */
  ended: Promise<End>;
  /** stops all that was registered, the last first; safe while a start is under way */
  stopAll: () => Promise<void>;
};

/** The bookkeeping of one start: what runs, and the single reason it ends. */
export function createLauncher(say: Launch['say']): Launcher {
  const stops: (() => Promise<void>)[] = [];
  const aborter = new AbortController();
  const { promise: ended, resolve } = Promise.withResolvers<End>();
  return {
    say,
    onStop: (stop) => void stops.push(stop),
    stopping: aborter.signal,
    end: (end) => {
      resolve(end);
      aborter.abort();
    },
    ended,
    stopAll: async () => {
      for (const stop of stops.splice(0).toReversed()) await stop();
    },
  };
}
