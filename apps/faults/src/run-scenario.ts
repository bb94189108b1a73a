import fs from 'node:fs';
import path from 'node:path';
import { openHistory } from './history.ts';
import { LAST_RELEASE } from './last-release.ts';
import { createNemesis } from './nemesis.ts';
import type { Result } from './result.ts';
import type { Scenario } from './scenario.ts';
import { createRandom } from './seeded-random.ts';
import { type Engine, type Stack, startStack } from './stack/start-stack.ts';
import { root } from './stack/start-program.ts';

export type RunOptions = { engine: Engine; seed: number; small: boolean; from?: string };

/** Where a run's history, logs and result lie. */
export const folderOf = (scenario: Scenario, { engine, seed, small }: RunOptions): string =>
  path.join(root, '.data', 'faults', `${scenario.name}-${engine}-${seed}${small ? '-small' : ''}`);

/**
 * Runs a scenario on a stack of its own, checks its history, and keeps both with the result. Throws where the run
 * itself broke.
 */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<Result> {
  const { engine, seed, small, from = LAST_RELEASE } = options;
  const folder = folderOf(scenario, options);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const history = openHistory(path.join(folder, 'history.jsonl'));
  const nemesis = createNemesis(createRandom(seed), history);
  const size = small ? scenario.small : scenario.full;
  const begun = new Date();
  let stack: Stack | undefined;
  try {
    await scenario.run({
      size,
      engine,
      seed,
      from,
      folder,
      history,
      nemesis,
      startStack: async (stackOptions) => (stack = await startStack({ folder, engine, history }, stackOptions)),
    });
  } finally {
    await stack?.close();
    history.close();
  }
  const verdicts = scenario.check(history.read(), size);
  const { name, row, promise, caveat } = scenario;
  const seconds = Math.round((Date.now() - begun.getTime()) / 100) / 10;
  const result: Result = {
    name,
    row,
    promise,
    caveat,
    engine,
    seed,
    small,
    size,
    begun: begun.toISOString(),
    seconds,
    verdicts,
  };
  fs.writeFileSync(path.join(folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
  return result;
}
