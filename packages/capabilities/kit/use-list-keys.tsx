import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { useState } from 'react';

export type ListKeys = {
  ids: readonly string[];
  openId: string | undefined;
  open: (id: string | undefined) => void;
  /** The row to stand on at first. */
  start?: string | undefined;
};

/**
 * j and k through a list, enter to open, escape to close. The row is remembered by id, so that it stays put when rows
 * come and go above it. With a row open, j and k move the open one along.
 */
export function useListKeys({ ids, openId, open, start }: ListKeys) {
  const [chosen, setChosen] = useState(start);
  const focused = openId ?? chosen;
  const at = focused === undefined ? -1 : ids.indexOf(focused);
  const moveTo = (index: number) => {
    const id = ids[Math.min(Math.max(index, 0), ids.length - 1)];
    if (id === undefined) return;
    setChosen(id);
    if (openId !== undefined) open(id);
  };
  useShortcuts('This list', [
    { keys: 'j', label: 'Next row', run: () => moveTo(at + 1), repeats: true },
    { keys: 'k', label: 'Previous row', run: () => moveTo(at - 1), repeats: true },
    { keys: 'enter', label: 'Open the row', when: at >= 0 && openId === undefined, run: () => open(ids[at]) },
    {
      keys: 'escape',
      label: 'Close the row',
      when: openId !== undefined,
      run: () => {
        setChosen(openId);
        open(undefined);
      },
    },
  ]);
  return { focused, focus: setChosen };
}
