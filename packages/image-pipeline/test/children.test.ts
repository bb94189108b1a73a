import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { childProcesses, peakMegabytes } from '@windlass/testkit/child-processes';
import { until } from '@windlass/testkit/until';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createImagePipeline, type ImagePipeline, type ImagePipelineOptions } from '../src/create-image-pipeline.ts';
import { defaultLimits } from '../src/image-limits.ts';
import { ImageRefused } from '../src/image-refused.ts';
import { MachineBusy } from '../src/machine-busy.ts';
import { pngOf } from './make-headers.ts';
import { type Folder, makeFolder } from './make-pictures.ts';

let folder: Folder;
let plain: string;
/** Takes a child some tenths of a second. */
let slow: string;
const opened: ImagePipeline[] = [];
const open = (options: ImagePipelineOptions = {}): ImagePipeline => {
  const pipeline = createImagePipeline({ children: 1, ...options });
  opened.push(pipeline);
  return pipeline;
};

beforeAll(async () => {
  folder = makeFolder();
  [plain, slow] = [folder.file('plain.jpg'), folder.file('slow.png')];
  await sharp({ create: { width: 400, height: 200, channels: 3, background: '#3366cc' } })
    .jpeg()
    .toFile(plain);
  await sharp({
    create: {
      width: 3000,
      height: 3000,
      channels: 3,
      background: '#777',
      noise: { type: 'gaussian', mean: 128, sigma: 50 },
    },
  })
    .png()
    .toFile(slow);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pipeline) => pipeline.close()));
  expect(childProcesses()).toEqual([]);
});
afterAll(() => folder.remove());

let made = 0;
const render = (
  pipeline: ImagePipeline,
  path: string,
  { signal, onStep }: { signal?: AbortSignal; onStep?: (step: string) => void } = {},
) =>
  pipeline.render({
    path,
    outputs: [{ name: `made-${++made}`, within: 1200, formats: ['webp'] }],
    directory: folder.path,
    signal,
    onStep,
  });

test('a pipeline that closes ends what it is at and what waits, and blames no picture for it', async () => {
  const pipeline = open({ children: 2, megapixelsInFlight: 40 });
  const all = Promise.allSettled(Array.from({ length: 9 }, () => render(pipeline, slow)));
  await until('both children are at work', () => pipeline.stats().children === 2);
  await pipeline.close();
  for (const end of await all) {
    if (end.status === 'fulfilled') continue;
    expect(end.reason).toMatchObject({ message: 'the image pipeline is closed' });
    expect(end.reason).not.toBeInstanceOf(ImageRefused);
  }
  expect(pipeline.stats()).toMatchObject({ children: 0, inFlightMegapixels: 0, waiting: 0, childrenKilled: 0 });
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
  await expect(render(pipeline, plain)).rejects.toThrow('closed');
});

test('Ctrl-C and a service that stops reach the children too: the picture they are at is made all the same', async () => {
  const pipeline = open();
  const result = pipeline.render({
    path: slow,
    outputs: [{ name: 'signalled', within: 1200, formats: ['webp'] }],
    directory: folder.path,
    onStep: (step) => {
      if (step === 'decoded')
        for (const pid of childProcesses())
          for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.kill(pid, signal);
    },
  });
  expect((await result).files).toHaveLength(1);
});

test('a child that died between two pictures costs the next one nothing', async () => {
  const pipeline = open();
  await render(pipeline, plain);
  for (let round = 0; round < 3; round++) {
    for (const pid of childProcesses()) process.kill(pid, 'SIGKILL');
    // Without a turn of the loop: nobody has heard of the death when the next picture comes.
    expect((await render(pipeline, plain)).files).toHaveLength(1);
  }
  expect(pipeline.stats().childrenKilled).toBe(0);
});

test('where no child can be started, no picture is blamed', async () => {
  const node = process.execPath;
  process.execPath = '/nowhere/node';
  try {
    const error = await render(open(), plain).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringContaining('no child of the image pipeline starts') });
    expect(error).not.toBeInstanceOf(ImageRefused);
  } finally {
    process.execPath = node;
  }
});

test('the ceiling holds while the decoder is at work: the child ends there, not when the picture is done', async () => {
  const large = folder.file('large.png');
  await sharp({ create: { width: 9000, height: 9000, channels: 4, background: '#88888880' } })
    .png({ progressive: true, compressionLevel: 1 })
    .toFile(large);
  const pipeline = open({ memoryMegabytes: 200, limits: { ...defaultLimits, bytesHeldWhole: 1e9 } });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, ...childProcesses().map(peakMegabytes));
  }, 3);
  await expect(render(pipeline, large)).rejects.toMatchObject({ code: 'TOO_MUCH_MEMORY' });
  clearInterval(watch);
  expect(peak).toBeGreaterThan(100);
  expect(peak).toBeLessThan(300); // to its end the picture takes 440
  expect(pipeline.stats().childrenKilled).toBe(1);
  expect((await render(pipeline, plain)).files).toHaveLength(1);
});

test('a child that keeps much at rest is replaced by a fresh one', async () => {
  const pipeline = open({ memoryMegabytes: 150 }); // it rests at about 90, more than half
  await render(pipeline, plain);
  expect(pipeline.stats()).toMatchObject({ children: 0, childrenKilled: 0 });
  expect((await render(pipeline, plain)).files).toHaveLength(1);
});

test('what decodes hostile files knows no password and runs nothing that was not said here', async () => {
  process.env['SECRET_URL'] = 'postgres://somebody:password@database';
  process.env['NODE_OPTIONS'] = '--title=meddled';
  try {
    const pipeline = open();
    await render(pipeline, plain);
    const environment = readFileSync(`/proc/${childProcesses()[0]}/environ`, 'utf8');
    expect(environment).not.toMatch(/password|NODE_OPTIONS/);
    expect(environment).toContain('MALLOC_ARENA_MAX=2');
  } finally {
    delete process.env['SECRET_URL'];
    delete process.env['NODE_OPTIONS'];
  }
});

test('whoever waits for a child and goes, goes at once; the one in work goes with its child, and nothing is written after', async () => {
  const pipeline = open();
  const [first, second] = [new AbortController(), new AbortController()];
  const steps: string[] = [];
  const working = render(pipeline, slow, { signal: first.signal, onStep: (step) => steps.push(step) }).catch(
    (reason: Error) => reason.message,
  );
  await until('the child is at work', () => pipeline.stats().children === 1);
  const waiting = render(pipeline, slow, { signal: second.signal }).catch((reason: Error) => reason.message);
  setTimeout(() => second.abort(new Error('second gone')), 5);
  expect(await waiting).toBe('second gone');
  expect(steps).not.toContain('decoded');
  first.abort(new Error('first gone'));
  expect(await working).toBe('first gone');
  expect(childProcesses()).toEqual([]);
  expect(pipeline.stats()).toMatchObject({ children: 0, inFlightMegapixels: 0, waiting: 0 });
});

test('a picture is read once, however many are made of it', async () => {
  const path = folder.file('read-once.png');
  writeFileSync(path, readFileSync(slow));
  const steps: string[] = [];
  const outputs = [1600, 1200, 800, 400, 100].map((within) => ({
    name: `once-${within}`,
    within,
    formats: ['webp', 'jpeg'] as const,
  }));
  const { files } = await open().render({
    path,
    outputs,
    directory: folder.path,
    onStep: (step) => {
      steps.push(step);
      if (step === 'decoded') truncateSync(path, 0);
    },
  });
  expect(files.map(({ width }) => width)).toEqual([1600, 1600, 1200, 1200, 800, 800, 400, 400, 100, 100]);
  expect(steps).toEqual(['inspected', 'decoded', 'once-1600', 'once-1200', 'once-800', 'once-400', 'once-100']);
});

test('a picture that fails leaves what an earlier one made as it was', async () => {
  const own = makeFolder();
  const whole = readFileSync(slow);
  const spoilt = own.file('spoilt.png');
  writeFileSync(spoilt, Buffer.from(whole).fill(0, whole.length - 60_000, whole.length - 40_000));
  const pipeline = open();
  const outputs = [{ name: 'large', within: 600, formats: ['webp'] }] as const;
  const { files } = await pipeline.render({ path: plain, outputs, directory: own.path });
  const before = readFileSync(files[0]!.path);
  await expect(pipeline.render({ path: spoilt, outputs, directory: own.path })).rejects.toMatchObject({
    code: 'BROKEN_IMAGE',
  });
  expect(readFileSync(files[0]!.path).equals(before)).toBe(true);
  expect(readdirSync(own.path).toSorted()).toEqual(['large.webp', 'spoilt.png']);
  own.remove();
});

test('of a picture given up half-way nothing is left', async () => {
  const own = makeFolder();
  const stop = new AbortController();
  const outputs = [1600, 1200, 800].map((within) => ({ name: `half-${within}`, within, formats: ['webp'] as const }));
  const gone = open().render({
    path: slow,
    outputs,
    directory: own.path,
    signal: stop.signal,
    onStep: (step) => step === 'half-1600' && stop.abort(new Error('given up')),
  });
  await expect(gone).rejects.toThrow('given up');
  expect(readdirSync(own.path)).toEqual([]);
  own.remove();
});

test('a bomb is refused before a child is asked', async () => {
  const pipeline = open();
  const bomb = folder.file('bomb.png');
  writeFileSync(bomb, pngOf(16_000, 16_000));
  await expect(render(pipeline, bomb)).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' });
  expect(pipeline.stats().children).toBe(0);
});

test('a disk that takes nothing is no fault of the picture', async () => {
  const error = await open()
    .render({
      path: plain,
      outputs: [{ name: 'a', within: 100, formats: ['webp'] }],
      directory: folder.file('nowhere'),
    })
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ message: expect.stringContaining('ENOENT') });
  expect(error).not.toBeInstanceOf(ImageRefused);
});

test('a box beyond the base is the caller’s mistake', async () => {
  const compose = open().compose({
    basePath: plain,
    overlayPath: plain,
    box: { left: 0.8, top: 0, width: 0.5, height: 0.5 },
    output: { name: 'x', within: 100, formats: ['webp'] },
    directory: folder.path,
  });
  await expect(compose).rejects.toThrow(RangeError);
});

/**
 * Lets the children of this process work for `ms` of each tenth of a second, as a machine does that has much else to
 * do.
 */
function slowDown(ms: number): () => void {
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const pid of childProcesses()) process.kill(pid, name);
  };
  let goOn: NodeJS.Timeout | undefined;
  const turns = setInterval(() => {
    signal('SIGSTOP');
    goOn = setTimeout(signal, 100 - ms, 'SIGCONT');
  }, 100);
  return () => {
    clearInterval(turns);
    clearTimeout(goOn);
    signal('SIGCONT');
  };
}

test('on a busy machine a picture may take far longer than its work, for which alone it is refused', async () => {
  const pipeline = open({ cpuMs: 2_000, timeoutMs: 120_000 });
  await render(pipeline, plain); // the child is there
  const atRest = slowDown(10);
  const began = performance.now();
  try {
    expect((await render(pipeline, slow)).files).toHaveLength(1);
  } finally {
    atRest();
  }
  expect(performance.now() - began).toBeGreaterThan(2_000);
  const small = open({ cpuMs: 20 });
  await expect(render(small, slow)).rejects.toMatchObject({ code: 'TOO_SLOW' });
  expect(small.stats().childrenKilled).toBe(1);
});

test('a child that gets nowhere is ended, and the machine is blamed, not the picture', async () => {
  const pipeline = open({ timeoutMs: 3_000 });
  const stop = (step: string) => {
    if (step === 'decoded') for (const pid of childProcesses()) process.kill(pid, 'SIGSTOP');
  };
  const error = await render(pipeline, slow, { onStep: stop }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MachineBusy);
  expect(pipeline.stats()).toMatchObject({ children: 0, childrenKilled: 0 });
  expect((await render(pipeline, plain)).files).toHaveLength(1);
});
