import type { QueryClient } from '@tanstack/react-query';
import type { Role } from '@windlass/auth/roles';
import type { LiveEvent } from '@windlass/live/event';
import type { Part } from './lazy-part.ts';
import type { Prefetch } from './prefetch.ts';
import type { TimelineWords } from './timeline-words.ts';
import type { ComponentType, LazyExoticComponent, ReactNode } from 'react';

/** One address of the admin. `path` as the router writes it, e.g. `/orders/$id`. */
export type Screen = { path: string; component: Part<object>; prefetch?: Prefetch };

/** Somewhere a person can go. */
export type Place = { label: string; to: string; icon: ReactNode; role?: Role };

/**
 * A place in the rail. `waiting` names the count of the server plug that waits for a person, `onlyThen`: it is shown
 * while that is not zero; `demo`: only where the outside world is played.
 */
export type RailPlace = Place & { waiting?: string; onlyThen?: true; demo?: boolean };

/** What typed words found. `keywords`: what else it is found by. */
export type Found = { label: string; hint?: string; to: string; keywords?: string[] };

export type DialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/**
 * All that a capability adds to the admin. The admin loops over the plugs of `apps/admin/src/plugs.ts` and knows no
 * capability by name.
 */
export type AdminPlug = {
  screens: readonly Screen[];
  rail: readonly RailPlace[];
  /** Further places that the command palette leads to. */
  places?: readonly Place[];
  /** What the command palette finds for typed words. A hook; called in every palette, `enabled` or not. */
  search?: { label: string; useFound: (words: string, enabled: boolean) => readonly Found[] };
  /** Above every screen: what the house itself is troubled by. */
  Notices?: ComponentType;
  /** In the menu of whoever is signed in. */
  account?: readonly { label: string; Dialog: LazyExoticComponent<ComponentType<DialogProps>> }[];
  /** For whoever is not signed in, such as who has lost a password. `path` is the whole address. */
  signedOutScreens?: readonly Screen[];
  /** How its events read on the timeline of their subject; fetched when the first timeline is drawn. */
  timeline?: () => Promise<TimelineWords>;
  /** Which of its procedures an event makes stale, by the router's names: `['orders', 'counts']`. */
  invalidates: (event: LiveEvent) => readonly (readonly string[])[];
  /**
   * Which of its lists an event makes old. On screen a list mends its own rows; one that nobody looks at is fetched
   * anew when somebody comes back to it.
   */
  outdates?: (event: LiveEvent) => readonly (readonly string[])[];
  /** Puts an event that carries what changed into what was fetched, so that nothing is fetched anew. */
  patch?: (event: LiveEvent, queryClient: QueryClient) => void;
};
