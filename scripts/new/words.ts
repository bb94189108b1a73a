/** How the skeleton's stand-in words become a capability's own: `samples`, one `sample`, whose ids begin with `smp`. */
export type Words = { many: string; one: string; prefix: string };

const NAME = /^[a-z]{3,20}s$/;

/**
 * The words for a capability of this name: a plural, as its folder, table and address are called. Throws a sentence on
 * a name that will not do. `taken`: names and id prefixes of the house.
 */
export function wordsFor(name: string, taken: { names: readonly string[]; prefixes: readonly string[] }): Words {
  if (!NAME.test(name))
    throw new Error(`${name} will not do: a plural in small letters that ends in s, such as parcels.`);
  if (taken.names.includes(name)) throw new Error(`There is a capability ${name} already.`);
  const one = name.replace(/ies$/, 'y').replace(/s$/, '');
  const prefix = prefixesOf(one).find((candidate) => !taken.prefixes.includes(candidate));
  if (!prefix) throw new Error(`Every prefix that ids of ${name} could have is taken: choose another name.`);
  return { many: name, one, prefix };
}

/** Its first consonants, else its first letters: `parcel` gives prc, par, parc. */
const prefixesOf = (one: string): string[] => [
  one[0] +
    one
      .slice(1)
      .replaceAll(/[aeiou]/g, '')
      .slice(0, 2),
  one.slice(0, 3),
  one.slice(0, 4),
];

const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);

/** A text of the skeleton, or the name of one of its files, in a capability's own words. */
export const inWordsOf = ({ many, one, prefix }: Words, text: string): string =>
  text
    .replaceAll('SAMPLES', many.toUpperCase())
    .replaceAll('Samples', capital(many))
    .replaceAll('samples', many)
    .replaceAll('Sample', capital(one))
    .replaceAll('sample', one)
    .replaceAll('smp', prefix);
