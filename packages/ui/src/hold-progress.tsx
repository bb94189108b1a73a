/** What a bar has shown so far: `key` names the work, `share` is the furthest it got (null: not known yet). */
export type HeldProgress = { key: string; share: number | null };

/** The most a bar shows while work goes on: full means done. */
const almostDone = 0.98;

/**
 * What the bar shows next: never less than before for the same key, never full before `done`,
 * and no way back to "unknown" once a share was shown.
 */
export function holdProgress(
  held: HeldProgress | null,
  next: { key: string; value: number | null; done: boolean },
): HeldProgress {
  const before = held?.key === next.key ? held.share : null;
  if (next.done) return before === 1 && held ? held : { key: next.key, share: 1 };
  const now = next.value === null ? null : Math.min(almostDone, Math.max(0, next.value));
  const share = before === null ? now : Math.max(before, now ?? 0);
  return held && held.key === next.key && held.share === share ? held : { key: next.key, share };
}
