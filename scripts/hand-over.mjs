import { bootstrap, root } from './bootstrap.mjs';
import { runInFront } from './run-in-front.mjs';

/**
 * Runs one of the repository's TypeScript programs on Node 24, with everything installed, in this process's place.
 * @param {string} program path from the root
 */
export async function handOver(program) {
  const { node, env } = await bootstrap();
  process.exitCode = await runInFront(node, ['--import', './scripts/lifeline.ts', program, ...process.argv.slice(2)], {
    cwd: root,
    env,
    // The channel closes when this process dies, and the lifeline ends the program.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
}
