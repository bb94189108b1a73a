/** Longer ago says nothing of the line as it is now. In ms. */
const WINDOW_MS = 8_000;
/** A shorter stretch says too little. In ms. */
const LEAST_MS = 1_000;

export type Rate = { add: (bytes: number) => void; perSecond: () => number; reset: () => void };

/** Bytes a second over the last seconds; 0 while too little is known. `now` in ms. */
export function measureRate(now: () => number = () => performance.now()): Rate {
  let marks: { at: number; bytes: number }[] = [];
  return {
    add(bytes) {
      const at = now();
      const from = at - WINDOW_MS;
      // Progress comes by the hundred: those of a tenth of a second are one mark.
      const last = marks.at(-1);
      if (last && at - last.at < 100) last.bytes += bytes;
      else marks = [...marks.filter((mark) => mark.at >= from), { at, bytes }];
    },
    perSecond() {
      const at = now();
      const recent = marks.filter((mark) => mark.at >= at - WINDOW_MS);
      const span = recent.length > 0 ? at - recent[0]!.at : 0;
      return span < LEAST_MS ? 0 : recent.slice(1).reduce((sum, { bytes }) => sum + bytes, 0) / (span / 1000);
    },
    reset() {
      marks = [];
    },
  };
}
