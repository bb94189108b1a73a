/**
 * So many requests are worked on at once: more than there are database connections, so that none of those is ever idle.
 */
const MOST_ACTIVE = 32;
/** So many more may wait for their turn, which costs next to nothing. Whoever comes then is told to come back. */
const MOST_WAITING = 256;
/** A turn that comes later than this comes too late: who waits is told so. In ms. */
const PATIENCE_MS = 900;

export const MOST_INSIDE = MOST_ACTIVE + MOST_WAITING;

export type Turns = {
  /** A turn, to be given back when the work is done; undefined: there was none in time. */
  take(isGone: () => boolean): Promise<(() => void) | undefined>;
};

type Waiter = { settle: (turn: (() => void) | undefined) => void; isGone: () => boolean; timer: NodeJS.Timeout };

/**
 * Work by turns, so that a crowd waits outside at no cost. It needs no rate to be set: a fast server empties its line,
 * a slow one says so at once; worked on all at the same time, a crowd would only make each of its requests slow.
 */
export function createTurns(): Turns {
  let active = 0;
  const line = new Set<Waiter>();

  const turn = () => {
    active += 1;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      active -= 1;
      callNext();
    };
  };
  const leave = (waiter: Waiter) => {
    clearTimeout(waiter.timer);
    line.delete(waiter);
  };
  const callNext = () => {
    for (const waiter of line) {
      leave(waiter);
      if (waiter.isGone()) waiter.settle(undefined);
      else return waiter.settle(turn());
    }
  };

  return {
    async take(isGone) {
      if (active < MOST_ACTIVE) return turn();
      if (line.size >= MOST_WAITING) return undefined;
      return new Promise((settle) => {
        const waiter: Waiter = {
          settle,
          isGone,
          timer: setTimeout(() => (leave(waiter), settle(undefined)), PATIENCE_MS),
        };
        line.add(waiter);
      });
    },
  };
}
