import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { keepSecrets } from '../../packages/db/src/embedded/keep-secrets.ts';
import type { Options } from './read-options.ts';

/** The environment of the programs: everything they need to find each other, under whatever the user set himself. */
export function makeEnvironment(options: Options, databaseUrl: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { server, metrics, sandbox, smtp } = options.ports;
  // An empty variable counts as unset: that is how shells and compose files "unset" one.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  // Where both are the user's own, other machines may share them, and what is sealed here must open there: then the
  // seal key is the user's to give as well.
  const isShared = given.DATABASE_URL !== undefined && given.AUTH_SECRET !== undefined;
  const names = ['AUTH_SECRET', 'LINK_SECRET', ...(isShared ? [] : ['SEAL_KEYS'])];
  const secrets = keepSecrets(path.join(options.data, 'secrets.json'), names, { SEAL_KEYS: (key) => `1:${key}` });
  const defaults: NodeJS.ProcessEnv = {
    PORT: String(server.port),
    WORKER_METRICS_PORT: String(metrics.port),
    SANDBOX_PORT: String(sandbox.port),
    SANDBOX_SMTP_PORT: String(smtp.port),
    PUBLIC_URL: `http://127.0.0.1:${server.port}`,
    DATABASE_URL: databaseUrl,
    QUEUE_URL: databaseUrl,
    STORAGE_URL: pathToFileURL(path.join(options.data, 'objects')).href,
    SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    ...(options.sandbox && !options.empty && { DEMO_SANDBOX_URL: `http://127.0.0.1:${sandbox.port}` }),
    ...secrets,
  };
  return {
    // Node keeps what it compiled: a third less time to start.
    NODE_COMPILE_CACHE: path.join(options.root, 'node_modules', '.cache', 'node-compile'),
    // Memory that one thread has given back is used by the next: a flood of large bodies leaves a third of what it
    // would.
    MALLOC_ARENA_MAX: '2',
    ...defaults,
    ...given,
    // Absolute: the programs may run in another folder.
    WINDLASS_DATA: options.data,
  };
}
