import { defaultFilter } from 'cmdk';
import type { ReactNode } from 'react';

export type PaletteAction = {
  label: string;
  run: () => void;
  /** At the right, quiet: where it leads or what it acts on. */
  hint?: string;
  /** Other words one may look for it by. */
  keywords?: string[];
  icon?: ReactNode;
  kbd?: string;
};

export type PaletteGroup = {
  label: string;
  actions: readonly PaletteAction[];
  /** The caller found these for what was typed: they are shown as they come, before everything else. */
  found?: boolean;
};

/** Below this a match is a coincidence of scattered letters. */
const leastScore = 0.02;

/**
 * Groups and actions that match what is typed, the best first. The palette's own filter sorts within groups only,
 * which would leave the best match below the fold of an earlier group.
 */
export function rankPalette(groups: readonly PaletteGroup[], query: string): PaletteGroup[] {
  const typed = query.trim();
  if (!typed) return groups.filter((group) => group.actions.length > 0);
  return groups
    .map((group) => {
      if (group.found) return { group, best: 2 };
      const scored = group.actions
        .map((action) => ({ action, score: defaultFilter(action.label, typed, action.keywords) }))
        .filter(({ score }) => score >= leastScore)
        .toSorted((one, other) => other.score - one.score);
      return { group: { ...group, actions: scored.map(({ action }) => action) }, best: scored[0]?.score ?? 0 };
    })
    .filter(({ group }) => group.actions.length > 0)
    .toSorted((one, other) => other.best - one.best)
    .map(({ group }) => group);
}
