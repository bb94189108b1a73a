import { spawn } from 'node:child_process';

// `npm run dev` runs each program through this: Node's own watcher takes no lifeline, so this process holds it, and
// ends the watcher with itself. The watcher ends its program.
const watcher = spawn(process.execPath, ['--watch', '--watch-preserve-output', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => watcher.kill(signal));
watcher.on('exit', (code) => process.exit(code ?? 0));
