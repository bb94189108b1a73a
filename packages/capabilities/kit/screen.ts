import type { LiveEvent } from '@windlass/live/event';
import type { Role } from '@windlass/auth/roles';
import type { ComponentType, LazyExoticComponent, ReactNode } from 'react';

/** One address of the admin. `path` as the router writes it, e.g. `/orders/$id`. */
export type Screen = { path: string; component: LazyExoticComponent<ComponentType> };

/** What a capability adds to the admin. */
export type AdminPart = {
  screens: readonly Screen[];
  /**
   * Its place in the rail; `waiting` names the count that waits for a person, `onlyThen`: it is shown while that is not
   * zero; `demo`: only where the outside world is played.
   */
  rail: readonly {
    label: string;
    to: string;
    icon: ReactNode;
    waiting?: 'orders' | 'refused' | 'deliveries' | 'jobs';
    onlyThen?: true;
    role?: Role;
    demo?: boolean;
  }[];
  /** Further places that the command palette leads to. */
  places?: readonly { label: string; to: string; icon: ReactNode; role?: Role }[];
  /** Which of its procedures an event makes stale, by the router's names: `['orders', 'counts']`. */
  staleAfter: (event: LiveEvent) => readonly (readonly string[])[];
};
