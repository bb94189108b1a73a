export type Turns = {
  /** Waits for a free place, in the order of asking. The answer gives it back. */
  take(): Promise<() => void>;
};

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
    async take() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return giveBack;
    },
  };
}
