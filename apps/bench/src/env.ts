import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..', '..');

/** The checkout. */
export const ROOT = root;

/** What the measured processes inherit, and nothing of what this run was told. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'node-compile') };
}
