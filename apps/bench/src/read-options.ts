import { type BenchmarkName, benchmarkNames } from './benchmark.ts';

export type Options = {
  names: readonly BenchmarkName[];
  /** No name was given. */
  everything: boolean;
  small: boolean;
  seed: number;
  profile: boolean;
};

const USAGE = `npm run bench -- [${benchmarkNames.join(' | ')}] [--small] [--seed N] [--profile]`;

/** What the command line asks for. Throws a sentence on a word it does not know. */
export function readOptions(words: readonly string[]): Options {
  const options = { small: false, seed: 1, profile: false };
  const names: BenchmarkName[] = [];
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const name = benchmarkNames.find((one) => one === word);
    if (name) names.push(name);
    else if (word === '--small') options.small = true;
    else if (word === '--profile') options.profile = true;
    else if (word === '--seed') options.seed = readSeed(left.shift());
    else throw new Error(`There is no ${word}: ${USAGE}.`);
  }
  return { ...options, everything: names.length === 0, names: names.length > 0 ? names : benchmarkNames };
}

function readSeed(word: string | undefined): number {
  const seed = Number(word);
  if (!Number.isInteger(seed) || seed < 0) throw new Error(`A seed is a whole number: ${USAGE}.`);
  return seed;
}
