import { typeidUnboxed } from 'typeid-js';

/**
 * What an id names. The prefix stands in the id itself: `ord_01jd...` cannot be mistaken for a job. Here are those of
 * the house; a capability adds its own by declaration merging, in its `contract.ts`: two that mean different things by
 * one prefix do not compile.
 */
export interface IdPrefixes {
  shop: 'shop';
  usr: 'person';
  acc: 'sign-in account';
  ses: 'session';
  upw: 'used password';
  key: 'API key';
  req: 'request';
  aud: 'audit entry';
  job: 'job';
  lease: 'lease of a job';
  wrk: 'worker process';
}
export type IdPrefix = keyof IdPrefixes;

/** A new id: prefix and UUIDv7 in 26 lower-case characters. Sortable by time to the millisecond, opaque otherwise. */
export const newId = (prefix: IdPrefix): string => typeidUnboxed(prefix);
