/** A child of the pipeline: decodes one picture at a time and may die of it. Started by start-child.ts, never by hand. */
import type { ChildAnswer, ChildTask, ChildWord } from '../child-messages.ts';
import { composePicture } from './compose-picture.ts';
import { explainFailure } from './explain-failure.ts';
import { guardSharp } from './guard-sharp.ts';
import { readPeak } from './read-peak.ts';
import { renderPicture } from './render-picture.ts';

/** Decoding runs on other threads, so this one sees in time how the memory grows. In ms. */
const LOOK_EVERY_MS = 10;
const ceiling = Number(process.argv[2]) * 1_000_000;
let peakSeen = 0;

/** `process.exit` would wait for the decoder's thread, which goes on taking memory meanwhile: 438 MB under a ceiling of 200. */
const endNow = () => void process.kill(process.pid, 'SIGKILL');

guardSharp();
process.on('message', (task: ChildTask) => void work(task));
process.on('disconnect', endNow);
// They reach every process of a terminal or a service at once. Whoever started this one decides when it ends: a picture is not damaged
// because somebody pressed Ctrl-C.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

async function work(task: ChildTask): Promise<void> {
  say({ kind: 'begun' });
  const watch = setInterval(look, LOOK_EVERY_MS);
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
  if (peakSeen > ceiling) endNow();
}

function say(message: ChildWord | ChildAnswer): void {
  process.send!(message);
}
