import { typeidUnboxed } from 'typeid-js';

/** What an id names. The prefix stands in the id itself: `ord_01jd...` cannot be mistaken for a job. */
export type IdPrefix =
  | 'ord'
  | 'line'
  | 'bnd'
  | 'job'
  | 'dlv'
  | 'lnk'
  | 'dl'
  | 'usr'
  | 'ses'
  | 'acc'
  | 'key'
  | 'aud'
  | 'shop'
  | 'req'
  | 'lease'
  | 'bat'
  | 'wrk'
  | 'imp'
  | 'src'
  | 'sor'
  | 'art'
  | 'afl'
  | 'upl'
  | 'alk'
  | 'acl'
  | 'upw'
  | 'era'
  | 'run';

/** A new id: prefix and UUIDv7 in 26 lower-case characters. Sortable by time to the millisecond, opaque otherwise. */
export const newId = (prefix: IdPrefix): string => typeidUnboxed(prefix);

/** The form of our ids, for input schemas: a wrong form answers like a missing object, without asking the database. */
export const idPattern = (prefix: IdPrefix): RegExp => new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`);
