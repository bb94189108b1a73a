import type { IdPrefix } from '@windlass/db/ids';

/** Does this id name one of these? */
export const isIdOf = (prefix: IdPrefix, id: unknown): boolean => typeof id === 'string' && id.startsWith(`${prefix}_`);
