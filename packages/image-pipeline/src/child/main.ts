/** A child of the pipeline: decodes one picture at a time and may die of it. Started by child-pool.ts, never by hand. */
import { type ChildAnswer, type ChildTask, EXIT_TOO_MUCH_MEMORY } from '../child-messages.ts';
import { composePicture } from './compose-picture.ts';
import { explainFailure } from './explain-failure.ts';
import { guardSharp } from './guard-sharp.ts';
import { renderPicture } from './render-picture.ts';

/** Decoding runs on other threads, so this one sees in time how the memory grows. In ms. */
const LOOK_EVERY_MS = 10;
const ceiling = Number(process.argv[2]) * 1_000_000;
let peakBytes = 0;

guardSharp();
setInterval(() => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  if (peakBytes > ceiling) process.exit(EXIT_TOO_MUCH_MEMORY);
}, LOOK_EVERY_MS).unref();

process.on('message', (task: ChildTask) => void work(task));
process.on('disconnect', () => process.exit(0));

async function work(task: ChildTask): Promise<void> {
  let answer: ChildAnswer;
  try {
    const result = task.kind === 'render' ? await renderPicture(task) : await composePicture(task);
    answer = { kind: 'done', result, peakBytes: peakNow() };
  } catch (error) {
    answer = { ...explainFailure(error), peakBytes: peakNow() };
  }
  process.send!(answer);
}

const peakNow = (): number => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss()));
