import type { Server } from 'node:http';
import { createLogger } from '@windlass/config/logger';
import { EXIT_MISCONFIGURED } from '@windlass/config/parse-env';
import { closeDemoAccounts, isOnlyHere } from './demo/demo-people.ts';
import { readServerEnv } from './env.ts';
import { createHttpServer } from './http-server.ts';
import { openServer } from './open-server.ts';

const env = readServerEnv();
const log = createLogger('server', env.LOG_LEVEL);
const report = (error: Error) => log.error({ err: error }, 'background error');

const server = await openServer(env, { log, report });
if (!isOnlyHere(env)) {
  const closed = await closeDemoAccounts(server.database);
  if (closed.length > 0)
    log.warn(
      { count: closed.length },
      'the demo’s people have no password any more: this house can be reached from elsewhere. Reset one by mail',
    );
}

const http = createHttpServer(server.app.fetch);
http.listen(env.PORT, env.HOST, () => {
  log.info({ port: env.PORT }, 'listening');
  process.send?.('ready'); // to the launcher, whatever the log level
});
http.on('error', (error: NodeJS.ErrnoException) => {
  log.error({ err: error }, error.code === 'EADDRINUSE' ? `port ${env.PORT} is taken; set PORT` : 'cannot listen');
  process.exit(error.code === 'EADDRINUSE' ? EXIT_MISCONFIGURED : 1);
});

process.on('unhandledRejection', (reason) => report(reason instanceof Error ? reason : new Error(String(reason))));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(http));

/**
 * Red at the door, streams told to go, running requests finished, connections closed. Ten seconds, then out regardless.
 */
async function stop(listening: Server): Promise<void> {
  setTimeout(() => process.exit(1), 10_000).unref();
  server.stop();
  await new Promise<void>((closed) => {
    listening.close(() => closed());
    listening.closeIdleConnections();
    setTimeout(() => listening.closeAllConnections(), 5_000).unref();
  });
  await server.close();
  process.exit(0);
}
