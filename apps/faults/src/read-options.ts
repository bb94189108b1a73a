import { parseArgs } from 'node:util';
import { findProgram, OPTIONAL_PROGRAMS } from '@windlass/testkit/find-program';
import { LAST_RELEASE } from './last-release.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import type { Engine } from './stack/start-stack.ts';

export type Options = {
  chosen: readonly Scenario[];
  all: boolean;
  engines: readonly Engine[];
  seed: number;
  small: boolean;
  page: boolean;
  from: string;
};

const DEFAULT_SEED = 1;

/** Reads the command line. Ends this process with one sentence where it names what there is not. */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parse(args);
  const chosen = positionals.map((name) => {
    const found = scenarios.find((scenario) => scenario.name === name);
    return (
      found ??
      refuse(`There is no run called ${name}; there are: ${scenarios.map((scenario) => scenario.name).join(', ')}.`)
    );
  });
  const seed = Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0) refuse('A seed is a whole number, e.g. --seed 7.');
  if (values.engine !== undefined && values.engine !== 'redis' && values.engine !== 'postgres')
    refuse('--engine is redis or postgres.');
  const engines: Engine[] = values.engine === undefined ? ['redis', 'postgres'] : [values.engine as Engine];
  if (engines.includes('redis') && !findProgram('redis-server')) {
    if (values.engine === 'redis')
      refuse(`There is no redis-server on this machine. ${OPTIONAL_PROGRAMS['redis-server'].advice}.`);
    console.warn(
      `There is no redis-server on this machine: the runs on Redis are left out. ${OPTIONAL_PROGRAMS['redis-server'].advice}.`,
    );
    engines.shift();
  }
  const all = chosen.length === 0;
  return {
    chosen: all ? scenarios : chosen,
    all: all && engines.length === 2,
    engines,
    seed,
    small: values.small,
    page: values.page,
    from: values.from,
  };
}

const USAGE = 'npm run faults -- [NAME ...] [--engine redis|postgres] [--seed N] [--small] [--page] [--from COMMIT]';

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        engine: { type: 'string' },
        seed: { type: 'string', default: String(DEFAULT_SEED) },
        small: { type: 'boolean', default: false },
        page: { type: 'boolean', default: false },
        from: { type: 'string', default: LAST_RELEASE },
      },
    });
  } catch (error) {
    return refuse(`${(error as Error).message.split('. ')[0]}: ${USAGE}.`);
  }
}

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
