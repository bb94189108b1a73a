import fs from 'node:fs';
import path from 'node:path';
import { checkImages, FIGURES } from '../checkers/check-images.ts';
import type { Pictured } from '../entry.ts';
import type { History } from '../history.ts';
import { createHostileFiles } from '../pictures/create-hostile-files.ts';
import type { HostileFile } from '../pictures/hostile-file.ts';
import { lookAtOutput } from '../pictures/look-at-output.ts';
import { makeSeedPictures } from '../pictures/seed-pictures.ts';
import { defineScenario } from '../scenario.ts';
import { type PictureWorker, startPictureWorker } from '../stack/start-picture-worker.ts';

/** As many as the pipeline has children: no answer's time is that of a queue. */
const AT_ONCE = 2;

export const hostileImages = defineScenario({
  name: 'hostile-images',
  row: 6,
  promise: 'No file, whatever is in it, harms a worker, holds it up, or comes out as it went in',
  caveat:
    'Fuzzing finds faults, it does not rule them out. Flipped bits and the like show only in decoding: they are counted apart. ' +
    'Run once: no queue is in it.',
  withoutEngine: true,
  full: { files: 10_000 },
  small: { files: 300 },

  async run({ size, seed, folder, history }) {
    const makeFile = createHostileFiles(seed, await makeSeedPictures());
    const trial = createTrial(folder, history);
    let next = 0;
    const giveFiles = async () => {
      while (next < size.files) {
        const file = makeFile(next);
        next += 1;
        history.write(await trial.give(file));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, giveFiles));
    await trial.finish();
  },

  check: (entries, size) => checkImages(entries, size),
});

/** Gives files to a worker, and to another one when that one is dead. */
function createTrial(folder: string, history: History) {
  const temporary = path.join(folder, 'temporary');
  const pictures = path.join(folder, 'pictures');
  for (const directory of [temporary, pictures]) fs.mkdirSync(directory, { recursive: true });
  const workers: PictureWorker[] = [];
  let current: Promise<PictureWorker> | undefined;
  const startWorker = async () => {
    const worker = await startPictureWorker({ history, temporary, logFile: path.join(folder, 'worker.log') });
    workers.push(worker);
    return worker;
  };
  /** Whoever finds it dead starts the next; whoever comes in the meantime waits for that one. */
  const currentWorker = async (): Promise<PictureWorker> => {
    const found = current;
    const worker = await (current ??= startWorker());
    if (worker.running()) return worker;
    if (current === found) current = undefined;
    return currentWorker();
  };

  return {
    async give(file: HostileFile): Promise<Pictured> {
      const directory = path.join(pictures, String(file.number));
      const original = path.join(pictures, `${file.number}.original`);
      fs.mkdirSync(directory);
      fs.writeFileSync(original, file.bytes);
      const worker = await currentWorker();
      const begun = performance.now();
      const answer = await worker.ask({ number: file.number, path: original, name: file.name, directory });
      const ms = Math.round((performance.now() - begun) * 10) / 10;
      const outputs = await Promise.all((answer?.files ?? []).map(lookAtOutput));
      const named = new Set(answer?.files.map(({ path: output }) => path.basename(output)));
      const left = fs.readdirSync(directory).filter((name) => !named.has(name));
      for (const done of [directory, original]) fs.rmSync(done, { recursive: true });
      return {
        what: 'pictured',
        ...describe(file),
        ms,
        left,
        ...(answer && { answer: answer.answer, by: answer.by, outputs }),
      };
    },

    async finish(): Promise<void> {
      for (const worker of workers) await worker.stop();
      const total = (of: (worker: PictureWorker) => number) => workers.map(of).reduce((sum, value) => sum + value, 0);
      const most = (of: (worker: PictureWorker) => number) => Math.max(...workers.map(of));
      const ownPeak = most((worker) => worker.stats()?.childPeakBytes ?? 0) / 1e6;
      const measured: Record<keyof typeof FIGURES, number> = {
        growth: most((worker) => worker.memory().most - worker.memory().before) / 1e6,
        // Nobody saw a child: that is no small figure but none.
        childPeak: Math.max(ownPeak, most((worker) => worker.children.peak() ?? 0) / 1e6) || Number.NaN,
        childPeakOwn: ownPeak,
        kills: total((worker) => worker.stats()?.childrenKilled ?? 0),
        leftBehind: fs.readdirSync(temporary, { recursive: true }).length,
        leftRunning: total((worker) => worker.children.running().length),
      };
      for (const [name, value] of Object.entries(measured)) {
        history.write({ what: 'measured', name: FIGURES[name as keyof typeof FIGURES], value });
      }
      for (const directory of [temporary, pictures]) fs.rmSync(directory, { recursive: true });
    },
  };
}

/** What the history says of a file: all but its bytes. */
function describe({ number, family, mutation, detail, bytes, mustBeRefused, mayBeKept, hidden, shown }: HostileFile) {
  return {
    number,
    family,
    mutation,
    detail,
    bytes: bytes.length,
    ...(mustBeRefused !== undefined && { mustBeRefused }),
    ...(mayBeKept && { mayBeKept }),
    ...(hidden && { hidden }),
    ...(shown && { shown: { width: shown.width, height: shown.height } }),
  };
}
