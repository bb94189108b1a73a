/** A promise, the figure that was promised, and the one that was seen. */
export type Verdict = {
  promise: string;
  promised: string;
  seen: string;
  kept: boolean;
  /** a figure of time: on a machine that does much else beside it says more about the machine */
  timed?: true;
};

/** Says of a verdict that its figure is one of time. */
export const timed = (verdict: Verdict): Verdict => ({ ...verdict, timed: true });

/** "nothing of this kind may be there": `examples` are told so that the history can be searched for them. */
export function none(promise: string, found: readonly string[]): Verdict {
  const examples = found.slice(0, 3).join(', ');
  return {
    promise,
    promised: '0',
    seen: found.length === 0 ? '0' : `${found.length} (${examples})`,
    kept: found.length === 0,
  };
}

/** "at most so many". */
export function atMost(promise: string, seen: number, limit: number): Verdict {
  const told = (value: number) => String(Math.round(value * 10) / 10);
  return { promise, promised: `at most ${told(limit)}`, seen: told(seen), kept: seen <= limit };
}

/** "at least so many": also what says that a run was not an empty one. */
export function atLeast(promise: string, seen: number, limit: number): Verdict {
  const told = (value: number) => String(Math.round(value * 10) / 10);
  return { promise, promised: `at least ${told(limit)}`, seen: told(seen), kept: seen >= limit };
}

/** "exactly so many". */
export function exactly(promise: string, seen: number, wanted: number): Verdict {
  return { promise, promised: String(wanted), seen: String(seen), kept: seen === wanted };
}

/** A figure that nothing was promised about, told because the others are read better with it. */
export const told = (promise: string, seen: number | string): Verdict => ({
  promise,
  promised: '–',
  seen: String(seen),
  kept: true,
});
