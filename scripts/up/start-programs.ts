import { createRequire } from 'node:module';
import path from 'node:path';
import type { Launch } from './launch.ts';
import type { Options } from './read-options.ts';
import { type Program, supervise } from './supervise.ts';

/**
 * Starts the outside world, the server and the worker together, and the pages' own server in dev. They stop in the
 * reverse of this order, within 7 s altogether: the worker first, which has most to finish.
 */
export async function startPrograms(options: Options, launch: Launch, env: NodeJS.ProcessEnv): Promise<void> {
  const base = { cwd: options.root, env };
  const programs: Program[] = [
    { ...base, name: 'server', args: entry('server', options), readyWord: 'listening', stopWithinMs: 1_500 },
    { ...base, name: 'worker', args: entry('worker', options), readyWord: 'ready', stopWithinMs: 4_500 },
  ];
  if (options.sandbox) {
    programs.unshift({
      ...base,
      name: 'sandbox',
      args: entry('sandbox', options),
      readyWord: 'ready',
      stopWithinMs: 500,
    });
  }
  if (options.dev) programs.push(pagesServer(options, env));
  await Promise.all(programs.map((program) => supervise(program, launch)));
}

function entry(app: string, { dev }: Options): string[] {
  const file = `apps/${app}/src/main.ts`;
  return dev ? ['scripts/up/watch-program.ts', file] : [file];
}

function pagesServer({ root, ports }: Options, env: NodeJS.ProcessEnv): Program {
  const admin = path.join(root, 'apps', 'admin');
  const vite = path.join(
    path.dirname(createRequire(path.join(admin, 'package.json')).resolve('vite/package.json')),
    'bin',
    'vite.js',
  );
  return {
    name: 'pages',
    args: [vite, '--host', '127.0.0.1', '--port', String(ports.pages.port), '--strictPort', '--clearScreen', 'false'],
    cwd: admin,
    env: { ...env, API_URL: `http://127.0.0.1:${ports.server.port}` },
    // The last line of its greeting.
    readyWord: 'Local:',
    stopWithinMs: 500,
  };
}
