/** The waits between tries on a broken line, in ms: the last one again and again. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000] as const;

export type Line = {
  /** It broke: nothing is sent until the next try. */
  broke: () => void;
  /** Something came through. */
  held: () => void;
  isBroken: () => boolean;
};

/**
 * One line for all files: when it breaks, they wait together and are called together, sooner where the browser hears
 * that it is back.
 */
export function waitForLine(onTry: () => void): Line {
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const again = () => {
    clearTimeout(timer);
    timer = undefined;
    globalThis.removeEventListener?.('online', again);
    onTry();
  };
  return {
    broke() {
      if (timer) return;
      timer = setTimeout(again, WAITS_MS[Math.min(tries, WAITS_MS.length - 1)]);
      tries += 1;
      globalThis.addEventListener?.('online', again);
    },
    held() {
      tries = 0;
    },
    isBroken: () => timer !== undefined,
  };
}
