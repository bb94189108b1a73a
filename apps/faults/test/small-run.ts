import { findProgram } from '@windlass/testkit/find-program';
import { expect, test } from 'vitest';
import { runScenario } from '../src/run-scenario.ts';
import { scenarios } from '../src/scenarios.ts';
import type { Engine } from '../src/stack/start-stack.ts';

/** A run in its small size as a test: its promise is the name, its broken ones are the failure. */
export function testSmallRun(name: string, engine: Engine): void {
  const scenario = scenarios.find((one) => one.name === name);
  if (!scenario) throw new Error(`no run is called ${name}`);
  test.skipIf(engine === 'redis' && !findProgram('redis-server'))(
    `${scenario.promise} (${name}, on ${engine})`,
    { timeout: 240_000 },
    async () => {
      const { verdicts } = await runScenario(scenario, { engine, seed: 1, small: true });
      // Beside a hundred other tests a machine is slow, not wrong: what is promised in seconds is judged by `npm run
      // faults` alone.
      expect(verdicts.filter(({ kept, timed }) => !kept && !timed)).toEqual([]);
    },
  );
}
