import type { AdminPart } from '../../kit/screen.ts';

/** Its panel stands in Settings. */
export const adminPart: AdminPart = {
  screens: [],
  rail: [],
  staleAfter: ({ topic, data }) =>
    topic === 'customers' || (topic === 'jobs' && String(data.serves).startsWith('era_'))
      ? [['customers', 'erasures']]
      : [],
};
