import { escapeLike } from '../kit/page.ts';

/** Meant as an order's number and nothing else. Longer digits may be part of a reference; the text looked through holds the number too. */
const BY_NUMBER = /^(#\d{1,9}|\d{1,2})$/;

/** What a person typed, as it is looked for; undefined: nothing. */
export const normalSearch = (typed: string | undefined): string | undefined => typed?.trim().toLowerCase() || undefined;

/** The condition over `o` that finds a number, or a part of a name, an address or a reference. `name` tells the two texts apart. */
export const searchCondition = (search: string, placeholder: string): { name: 'number' | 'text'; condition: string; value: unknown } =>
  BY_NUMBER.test(search)
    ? { name: 'number', condition: `o.number = ${placeholder}`, value: Number(search.replace('#', '')) }
    : { name: 'text', condition: `o.search_text like ${placeholder}`, value: `%${escapeLike(search)}%` };
