// `npm run bench`: starts PostgreSQL, and Redis where the machine has it, and runs apps/bench on them.
import path from 'node:path';
import { runStage, stopStages } from './check/run-stage.ts';
import { startServices } from './check/start-test-services.ts';

const root = path.dirname(import.meta.dirname);

// As `npm start` runs it, but for its number of connections: each commit waits for the disk, and vacuum runs.
const services = await startServices({ folder: 'bench', settings: { max_connections: '200' }, local: true });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(
    signal,
    () =>
      void stopStages()
        .then(services.stop)
        .then(() => process.exit(130)),
  );
}

const { code } = await runStage('benchmarks', [process.execPath, 'apps/bench/src/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  env: { ...process.env, ...services.env, CHECKPOINT_DISABLE: '1' },
});
await services.stop();
process.exit(code);
