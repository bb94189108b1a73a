export type Turns = {
  /**
   * Waits for a free place, in the order of asking; the answer gives it back. Whose signal aborts waits no longer, and
   * has none: whatever they do next hears of it.
   */
  take(signal: AbortSignal): Promise<() => void>;
};

const NO_PLACE = () => undefined;

/** Lets at most so many go on at once. */
export function createTurns(places: number): Turns {
  let free = places;
  const waiting: (() => void)[] = [];
  const giveBack = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    async take(signal) {
      if (signal.aborted) return NO_PLACE;
      if (free > 0) {
        free -= 1;
        return giveBack;
      }
      return new Promise((resolve) => {
        const enter = () => {
          signal.removeEventListener('abort', leave);
          resolve(giveBack);
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(enter), 1);
          resolve(NO_PLACE);
        };
        waiting.push(enter);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
  };
}
