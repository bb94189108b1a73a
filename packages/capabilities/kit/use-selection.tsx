import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { useState } from 'react';

export type Selection = {
  /** Those ticked that can still be: one that was decided meanwhile is not. */
  ids: readonly string[];
  has: (id: string) => boolean;
  /** With `range`, everything from the one ticked before to this one is ticked alike. */
  toggle: (id: string, options?: { range: boolean }) => void;
  /** All that can be ticked, or none where all are. */
  toggleAll: () => void;
  clear: () => void;
};

/** Ticked rows of a list. `ids`: those that can be ticked, in the order they stand; `focused` is what `x` ticks. */
export function useSelection({
  ids,
  focused,
  enabled,
}: {
  ids: readonly string[];
  focused: string | undefined;
  enabled: boolean;
}): Selection {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [latest, setLatest] = useState<string>();
  const present = enabled ? ids.filter((id) => ticked.has(id)) : [];

  const set = (changed: readonly string[], on: boolean) =>
    setTicked((before) => {
      const after = new Set(before);
      for (const id of changed)
        if (on) after.add(id);
        else after.delete(id);
      return after;
    });
  const toggle: Selection['toggle'] = (id, { range } = { range: false }) => {
    const on = !ticked.has(id);
    const from = latest === undefined ? -1 : ids.indexOf(latest);
    const to = ids.indexOf(id);
    set(range && from >= 0 && to >= 0 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [id], on);
    setLatest(id);
  };
  const mayTick = enabled && focused !== undefined && ids.includes(focused);
  useShortcuts('This list', [
    { keys: 'x', label: 'Select the row', when: mayTick, run: () => focused !== undefined && toggle(focused) },
  ]);

  return {
    ids: present,
    has: (id) => enabled && ticked.has(id),
    toggle,
    toggleAll: () => set(ids, present.length < ids.length),
    clear: () => setTicked(new Set()),
  };
}
