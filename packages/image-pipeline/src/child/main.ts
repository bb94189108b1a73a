/**
 * A child of the pipeline: decodes one picture at a time and may die of it. Started by start-child.ts, never by hand.
 */
import { type ChildAnswer, type ChildTask, type ChildWord, CPU_SPENT } from '../child-messages.ts';
import { composePicture } from './compose-picture.ts';
import { explainFailure } from './explain-failure.ts';
import { guardSharp } from './guard-sharp.ts';
import { readPeak } from './read-peak.ts';
import { renderPicture } from './render-picture.ts';

/** Decoding runs on other threads, so this one sees in time how memory and work grow. In ms. */
const LOOK_EVERY_MS = 10;
const ceiling = Number(process.argv[2]) * 1_000_000;
const mostCpuMs = Number(process.argv[3]);
let peakSeen = 0;

/**
 * `process.exit` would wait for the decoder's thread, which goes on taking memory meanwhile: 438 MB under a ceiling of
 * 200.
 */
const endNow = (signal: NodeJS.Signals) => void process.kill(process.pid, signal);

guardSharp();
process.on('message', (task: ChildTask) => void work(task));
process.on('disconnect', () => endNow('SIGKILL'));
// They reach every process of a terminal or a service at once. Whoever started this one decides when it ends: a picture
// is not damaged because somebody pressed Ctrl-C.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

async function work(task: ChildTask): Promise<void> {
  say({ kind: 'begun' });
  const before = process.cpuUsage();
  const watch = setInterval(() => {
    look();
    if (cpuMsSince(before) > mostCpuMs) endNow(CPU_SPENT);
  }, LOOK_EVERY_MS);
  const onStep = (step: string) => say({ kind: 'step', step });
  let outcome;
  try {
    const result = task.kind === 'render' ? await renderPicture(task, onStep) : await composePicture(task, onStep);
    outcome = { kind: 'done' as const, result };
  } catch (error) {
    outcome = explainFailure(error);
  }
  clearInterval(watch);
  look();
  say({ ...outcome, peakBytes: readPeak() ?? peakSeen, restBytes: process.memoryUsage.rss() });
}

function look(): void {
  peakSeen = Math.max(peakSeen, process.memoryUsage.rss());
  if (peakSeen > ceiling) endNow('SIGKILL');
}

/**
 * What all threads of this process have worked, which a busy machine makes no longer: a clock on the wall would go on.
 */
function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function say(message: ChildWord | ChildAnswer): void {
  process.send!(message);
}
