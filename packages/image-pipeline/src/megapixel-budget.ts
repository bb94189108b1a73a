export type MegapixelBudget = {
  /**
   * Waits for room for a picture of so many megapixels, in turn; the answer gives the room back. Rejects when the
   * signal aborts first.
   */
  enter: (megapixels: number, signal?: AbortSignal) => Promise<() => void>;
  inFlight: () => number;
  waiting: () => number;
};

type Waiter = { megapixels: number; admit: () => void };

/**
 * Bounds the pixels that are worked on at once, which is what memory follows; a count of files would let ten large ones
 * in. First come, first served; a picture larger than the whole budget is worked on alone.
 */
export function createMegapixelBudget(most: number): MegapixelBudget {
  let inFlight = 0;
  const line: Waiter[] = [];
  const fits = (megapixels: number) => inFlight === 0 || inFlight + megapixels <= most;
  const callNext = () => {
    while (line.length > 0 && fits(line[0]!.megapixels)) line.shift()!.admit();
  };
  const take = (megapixels: number) => {
    inFlight += megapixels;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      inFlight -= megapixels;
      callNext();
    };
  };
  return {
    inFlight: () => inFlight,
    waiting: () => line.length,
    enter(megapixels, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason as Error);
      if (line.length === 0 && fits(megapixels)) return Promise.resolve(take(megapixels));
      return new Promise((resolve, reject) => {
        const leave = () => {
          line.splice(line.indexOf(waiter), 1);
          reject(signal!.reason as Error);
          callNext(); // who stood behind it may fit
        };
        const waiter: Waiter = {
          megapixels,
          admit: () => {
            signal?.removeEventListener('abort', leave);
            resolve(take(megapixels));
          },
        };
        line.push(waiter);
        signal?.addEventListener('abort', leave, { once: true });
      });
    },
  };
}
