// Makes a checkout runnable: packages, Node 24. No dependency and no TypeScript: it runs on whatever
// Node (18 or newer) started npm, before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInFront } from './run-in-front.mjs';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const NEEDED_NODE = 24;
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const bin = path.join(root, 'node_modules', '.bin');
const stampFile = path.join(root, 'node_modules', '.installed');

/**
 * Installs what is missing and answers which Node runs the rest, and in which environment. Where nothing changed since
 * the last time it starts no process but a `node --version`. Ends this process with one sentence where it cannot.
 */
export async function bootstrap() {
  if (!hasNodePackage() && systemNode() < NEEDED_NODE) refuseNode();
  const stamp = stampOfInputs();
  const installed = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  const env = childEnvironment();
  if (!installed) {
    console.log('Installing the packages, once; this takes about half a minute.');
    await installPackages();
    writeFileSync(stampFile, stamp);
  }
  return { node: findNode(), env };
}

/** What decides whether to install again. */
function stampOfInputs() {
  const hash = createHash('sha256');
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']) {
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(path.join(root, name)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** pnpm comes through npm's own `exec`, in the version this repository names. */
async function installPackages() {
  const args = ['exec', '--yes', '--package', manifest.packageManager, '--', 'pnpm', 'install', '--frozen-lockfile'];
  // Without a terminal pnpm would refuse to replace a node_modules that another version of it made.
  args.push('--config.confirm-modules-purge=false', '--reporter=append-only');
  // The npm that runs this script, where one does: another may come first on PATH.
  const npm = process.env.npm_execpath ?? '';
  const [file, first] = /npm-cli\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  const code = await runInFront(file, [...first, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    isProgress: (line) => /^(Progress:|Done in)/.test(line),
    shell: file === 'npm' && process.platform === 'win32',
  });
  if (code === 0) return;
  fail(
    'The packages could not be installed, see above: it takes an npm registry that answers and 1.5 GB of disk; ' +
      'then run the same command again.',
  );
}

/**
 * Our own programs before the machine's: this one line is how turbo, vitest, playwright and every script get Node 24.
 */
function childEnvironment() {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  for (const name of Object.keys(env)) {
    // npm describes itself to its scripts, and would be taken for pnpm's settings. Where to fetch packages is kept.
    const describesNpm = /^npm_(config|package|lifecycle|execpath|node_execpath|command)/i.test(name);
    const reachesRegistry = /^npm_config_(registry|cache|proxy|https_proxy|noproxy|cafile|userconfig)$/i.test(name);
    if (describesNpm && !reachesRegistry) delete env[name];
  }
  return env;
}

/**
 * Node 24 from the packages where it runs (its build needs glibc), else the Node that runs this, if it is new enough.
 */
function findNode() {
  const ours = path.join(bin, 'node');
  const runs = existsSync(ours) && spawnSync(ours, ['--version'], { stdio: 'ignore' }).status === 0;
  if (runs) return ours;
  if (systemNode() < NEEDED_NODE) refuseNode();
  return process.execPath;
}

function hasNodePackage() {
  return `node-${process.platform}-${process.arch}` in manifest.optionalDependencies;
}

function systemNode() {
  return Number(process.versions.node.split('.')[0]);
}

/** @returns {never} */
function refuseNode() {
  fail(
    `Windlass runs on Node ${NEEDED_NODE}; this is ${process.version}, and there is no packaged Node for ${process.platform} ` +
      `on ${process.arch} here: ` +
      `install Node ${NEEDED_NODE} and run the same command again.`,
  );
}

/** @returns {never} */
function fail(/** @type {string} */ sentence) {
  console.error(sentence);
  process.exit(1);
}
