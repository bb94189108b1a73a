import { mayActAs, type Role } from '@windlass/auth/roles';
import { createContext, useContext } from 'react';

const RoleContext = createContext<Role>('viewer');

/** Who is signed in, for the screens below. */
export const RoleProvider = RoleContext.Provider;

/**
 * May the person on this screen do what needs this role? What they may not do is not offered; the server refuses it all
 * the same.
 */
export const useMayAct = (needed: Role): boolean => mayActAs(useContext(RoleContext), needed);
