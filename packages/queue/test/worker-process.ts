import { openDatabase } from '@windlass/db/open-database';
import { listenForWakes } from '@windlass/db/wake';
import { openEngine } from '../src/dispatch/engine.ts';
import type { RegisteredJob } from '../src/jobs/job-context.ts';
import { startWorker } from '../src/worker/start-worker.ts';
import type { WorkerProcessOptions } from './fork-worker.ts';
import type { TestServices } from './open-world.ts';
import { processJob, runProcessJob } from './process-job.ts';
import { CONNECT_MS } from '@windlass/testkit/connect-ms';

// A worker as apps/worker starts one, for tests that kill it. Its parent hears when it is ready and of every error; one
// that nobody handled is told apart. It goes when its parent goes.
if (!process.send) throw new Error('worker-process.ts is forked');
const options = JSON.parse(process.argv[2]!) as WorkerProcessOptions;
const tell = (message: { ready: true } | { error: string } | { unhandled: string }) =>
  process.connected && process.send!(message);
const report = (error: Error) => void tell({ error: error.message });
process.on('unhandledRejection', (reason) =>
  tell({ unhandled: String(reason instanceof Error ? reason.stack : reason) }),
);
process.once('disconnect', () => process.exit(0));

const database = openDatabase({
  url: options.databaseUrl,
  poolSize: 8,
  applicationName: 'windlass worker',
  connectMs: CONNECT_MS,
  report,
});
const wakes = listenForWakes(options.databaseUrl, report, { connectMs: CONNECT_MS });
const engine = await openEngine(options.engineUrl, report);
const registered: RegisteredJob<TestServices> = {
  definition: processJob as unknown as RegisteredJob<TestServices>['definition'],
  load: async () => ({
    run: runProcessJob as unknown as Awaited<ReturnType<RegisteredJob<TestServices>['load']>>['run'],
  }),
};
const worker = await startWorker<TestServices>({
  database,
  wakes,
  engine,
  services: { database },
  jobs: new Map([[processJob.name, registered]]),
  serve: options.serve,
  report,
  ...(options.leaseSeconds !== undefined && { leaseSeconds: options.leaseSeconds }),
  ...(options.reconciler && { reconciler: options.reconciler }),
});
process.once('SIGTERM', async () => {
  await worker.close(1_000);
  await engine.close();
  await wakes.close();
  await database.close();
  process.disconnect(); // nothing else may keep this process: a handle left open shows as a process that does not end
});
// Last: whoever hears it may tell this process to stop.
tell({ ready: true });
