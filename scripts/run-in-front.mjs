import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const PARENT = process.ppid;
/** @type {number | undefined} whom signals go to: a process, or a whole group as a negative number */
let inFront;
let told = false;

/**
 * Runs a program in this process's place, to its end. Whatever tells this process to end is passed on, and after the
 * program's end this process ends too. A detached program is told together with all it has started. Of what it prints
 * into a pipe, `isProgress` chooses the lines to show; the rest is shown only where it fails. Answers the exit code.
 * @param {string} file
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { isProgress?: (line: string) => boolean }} options
 * @returns {Promise<number>}
 */
export function runInFront(file, args, { isProgress, ...options }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, options);
    if (child.pid !== undefined) inFront = options.detached ? -child.pid : child.pid;
    /** @type {string[]} */
    const kept = [];
    for (const input of [child.stdout, child.stderr]) {
      if (input)
        createInterface({ input }).on('line', (line) => (isProgress?.(line) ? console.log(line) : kept.push(line)));
    }
    child.on('error', reject);
    child.on('close', (code) => {
      inFront = undefined;
      if (told) process.exit(code ?? 0);
      if (code !== 0 && kept.length > 0) console.error(kept.join('\n'));
      resolve(code ?? 1);
    });
  });
}

/** @param {NodeJS.Signals} signal */
function passOn(signal) {
  told = true;
  if (inFront !== undefined) process.kill(inFront, signal);
  else process.exit(1);
}

// In a terminal Ctrl-C has reached the program already; hearing it twice does it no harm.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, passOn);

// `kill <npm>`: npm passes the signal to its shell, which dies without passing it on. Another parent means we were left
// behind.
setInterval(() => {
  if (process.ppid !== PARENT && !told) passOn('SIGTERM');
}, 500).unref();
