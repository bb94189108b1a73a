import { keepsKey, matchesKeys } from './match-shortcut.tsx';

export type Shortcut = {
  /** "j", "?", "enter", "space", "escape", "mod+k". */
  keys: string;
  /** What it does, as the list of shortcuts says it. */
  label: string;
  run: () => void;
  /** False switches it off, and out of the list, for now. */
  when?: boolean;
  /** Runs again while the key is held down (moving through a list). */
  repeats?: boolean;
};

export type ShortcutLayer = { group: string; shortcuts: () => readonly Shortcut[] };

const layers: ShortcutLayer[] = [];
const isApple = (): boolean => /mac|iphone|ipad/i.test(navigator.userAgent);

/** What Escape closes by itself, before it means anything to the page. */
const closable = '[role=dialog],[role=menu],[role=listbox]';
let escapeCloses = false;

/** On the way down, as the panel may be gone by the time the key comes back up. */
const noteOpenPanels = (): void => {
  escapeCloses = document.querySelector(closable) !== null;
};

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === 'Escape' && escapeCloses) return;
  const target = event.target instanceof HTMLElement ? (event.target as HTMLElement & { type?: string }) : null;
  const apple = isApple();
  // The newest layer is the nearest to the reader's eyes: it answers first.
  for (const layer of layers.toReversed()) {
    for (const shortcut of layer.shortcuts()) {
      if (shortcut.when === false || !matchesKeys(shortcut.keys, event, apple)) continue;
      if (keepsKey(target, shortcut.keys)) return;
      event.preventDefault();
      if (!event.repeat || shortcut.repeats) shortcut.run();
      return;
    }
  }
}

/** Adds a layer of shortcuts under the page's one key listener; returns its removal. */
export function registerShortcuts(layer: ShortcutLayer): () => void {
  if (layers.length === 0) {
    window.addEventListener('keydown', noteOpenPanels, { capture: true });
    window.addEventListener('keydown', onKeyDown);
  }
  layers.push(layer);
  return () => {
    layers.splice(layers.indexOf(layer), 1);
    if (layers.length > 0) return;
    window.removeEventListener('keydown', noteOpenPanels, { capture: true });
    window.removeEventListener('keydown', onKeyDown);
  };
}

/** Every shortcut that would answer now, by group, oldest layer first; groups of the same name are one. */
export function listShortcuts(): { group: string; shortcuts: Shortcut[] }[] {
  const groups = new Map<string, Shortcut[]>();
  for (const layer of layers) {
    const active = layer.shortcuts().filter((shortcut) => shortcut.when !== false);
    if (active.length > 0) groups.set(layer.group, [...(groups.get(layer.group) ?? []), ...active]);
  }
  return [...groups].map(([group, shortcuts]) => ({ group, shortcuts }));
}
