import { useEffect, useState } from 'react';

const secondsUntil = (endsAt: number): number => Math.max(0, Math.ceil((endsAt - Date.now()) / 1_000));

/** Whole seconds left until `endsAt` (epoch milliseconds), changing exactly on the second; 0 when it is over. */
export function useCountdown(endsAt: number): number {
  const [left, setLeft] = useState(() => secondsUntil(endsAt));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      setLeft(secondsUntil(endsAt));
      const rest = endsAt - Date.now();
      // A few milliseconds past the mark, as timers may fire early and would show the old second again.
      if (rest > 0) timer = setTimeout(tick, (rest % 1_000) + 5);
    };
    tick();
    return () => clearTimeout(timer);
  }, [endsAt]);
  return left;
}
