import { useEffect, useLayoutEffect, useRef } from 'react';
import { registerShortcuts } from './shortcut-registry.tsx';
import type { Shortcut } from './shortcut-registry.tsx';

export type { Shortcut } from './shortcut-registry.tsx';

/**
 * Shortcuts that work while the component is mounted; `group` is their heading in the list behind `?`.
 * They see the latest render's closures, so `shortcuts` may be written inline.
 */
export function useShortcuts(group: string, shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => registerShortcuts({ group, shortcuts: () => latest.current }), [group]);
}
