import type { Role } from './roles.ts';

/** A person, signed in. */
export type Person = {
  kind: 'person';
  id: string;
  shopId: string;
  shopName: string;
  role: Role;
  name: string;
  email: string;
  sessionId: string;
};

/** A machine with an API key. */
export type Machine = { kind: 'machine'; id: string; shopId: string };
