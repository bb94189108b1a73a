import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { thumbHashToAverageRGBA } from 'thumbhash';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createImagePipeline, type ImagePipeline } from '../src/create-image-pipeline.ts';
import { type Folder, makeFolder } from './make-pictures.ts';

// Files of one name are written again and again: libvips would answer with the first.
sharp.cache(false);

let folder: Folder;
let pipeline: ImagePipeline;
const outputs = [
  { name: 'thumb', within: 40, formats: ['webp'] },
  { name: 'large', within: 120, formats: ['webp'] },
] as const;

beforeAll(() => {
  folder = makeFolder();
  pipeline = createImagePipeline({ children: 2 });
});
afterAll(async () => {
  await pipeline.close();
  expect(pipeline.stats().children).toBe(0);
  folder.remove();
});

/** The left half red, the right half blue: which way is up can be seen from two pixels. */
const halves = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#0000ff' } }).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: '#ff0000' } }, left: 0, top: 0 },
  ]);

/** Transparent but for a square in the middle. */
const clear = (side: number) =>
  sharp({ create: { width: side, height: side, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite([{ input: { create: { width: side / 5, height: side / 5, channels: 3, background: '#c00' } } }])
    .png();
const render = (file: string) => pipeline.render({ path: file, outputs, directory: folder.path });
const largeOf = async ({ files }: { files: { name: string; path: string }[] }) =>
  sharp(files.find(({ name }) => name === 'large')!.path)
    .raw()
    .toBuffer({ resolveWithObject: true });
const isRed = (data: Buffer, at: number) => data[at]! > 180 && data[at + 2]! < 80;

test('each size comes from one decode, none is enlarged, and what is told of a file is so', async () => {
  const file = folder.file('plain.jpg');
  await halves(600, 300).jpeg().toFile(file);
  const result = await render(file);
  expect(result).toMatchObject({ width: 600, height: 300, kind: 'jpeg', megapixels: 0.18 });
  for (const made of result.files) {
    const { width, height } = await sharp(made.path).metadata();
    expect([made.width, made.height]).toEqual([width, height]);
    expect(readFileSync(made.path).length).toBe(made.bytes);
  }
  expect(result.files.map(({ name, width, height }) => [name, width, height])).toEqual([
    ['large', 120, 60],
    ['thumb', 40, 20],
  ]);
  const tiny = folder.file('tiny.png');
  await sharp({ create: { width: 7, height: 5, channels: 3, background: 'red' } })
    .png()
    .toFile(tiny);
  expect((await render(tiny)).files.map(({ width, height }) => [width, height])).toEqual([
    [7, 5],
    [7, 5],
  ]);
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])('a photo held as EXIF %i says comes out upright', async (orientation) => {
  // Turned the other way first (sharp flips before it turns), so that turning by the mark gives red on the left again.
  const turn: Record<number, (picture: Sharp) => Sharp> = {
    1: (p) => p,
    2: (p) => p.flop(),
    3: (p) => p.rotate(180),
    4: (p) => p.flip(),
    5: (p) => p.rotate(90).flip(),
    6: (p) => p.rotate(270),
    7: (p) => p.rotate(270).flip(),
    8: (p) => p.rotate(90),
  };
  const upright = await halves(200, 100).png().toBuffer();
  const file = folder.file(`turned-${orientation}.jpg`);
  await turn[orientation]!(sharp(upright)).withMetadata({ orientation }).jpeg({ quality: 95 }).toFile(file);
  const result = await render(file);
  expect([result.width, result.height]).toEqual([200, 100]);
  const { data, info } = await largeOf(result);
  expect([info.width, info.height]).toEqual([120, 60]);
  const row = 30 * info.width;
  expect([isRed(data, (row + 10) * info.channels), isRed(data, (row + 110) * info.channels)]).toEqual([true, false]);
});

test('where a photo was taken, by what and when is in none of its pictures', async () => {
  const file = folder.file('gps.jpg');
  await halves(400, 200)
    .withExif({
      IFD0: { Make: 'SECRETCAMERA', Copyright: 'SECRETOWNER' },
      IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N' },
    })
    .jpeg()
    .toFile(file);
  expect(readFileSync(file).includes('SECRETCAMERA')).toBe(true);
  const { files } = await render(file);
  for (const made of files) {
    expect(readFileSync(made.path).includes('SECRET')).toBe(false);
    const { exif, icc, xmp } = await sharp(made.path).metadata();
    expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined]);
  }
});

test('colours of print and of wide screens become those of the web, and 16 bits become 8', async () => {
  const cmyk = folder.file('cmyk.jpg');
  await sharp({ create: { width: 200, height: 200, channels: 3, background: '#00a0ff' } })
    .toColourspace('cmyk')
    .jpeg({ quality: 95 })
    .toFile(cmyk);
  expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
  const printed = await largeOf(await render(cmyk));
  expect(printed.info.channels).toBe(3);
  expect(printed.data[2]!).toBeGreaterThan(180);
  const wide = folder.file('p3.png');
  await sharp({ create: { width: 200, height: 200, channels: 3, background: { r: 200, g: 40, b: 40 } } })
    .withIccProfile('p3')
    .png()
    .toFile(wide);
  const shown = await largeOf(await render(wide));
  // Stored, this red is a smaller one: 183 of the wider range.
  const [stored] = (await sharp(wide, { ignoreIcc: true }).raw().toBuffer()).subarray(0, 1);
  expect(Math.abs(stored! - 200)).toBeGreaterThan(8);
  expect([0, 1, 2].map((i) => Math.abs(shown.data[i]! - [200, 40, 40][i]!)).every((off) => off < 8)).toBe(true);
  const deep = folder.file('deep.png');
  await sharp({ create: { width: 100, height: 100, channels: 3, background: '#336699' } })
    .toColourspace('rgb16')
    .png()
    .toFile(deep);
  expect((await sharp((await render(deep)).files[0]!.path).metadata()).depth).toBe('uchar');
});

test('a fourth channel that does not say it is transparency hides nothing, and darkens nothing', async () => {
  const [width, height] = [300, 200];
  const pixels = Buffer.alloc(width * height * 4, Buffer.from([200, 40, 40, 255]));
  for (let at = 3; at < pixels.length; at += 4) if ((at >> 2) % width < width / 2) pixels[at] = 0;
  const bytes = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .tiff({ compression: 'none' })
    .toBuffer();
  // Its tag ExtraSamples (338, a SHORT, one of it) is made to say "unspecified".
  const tag = Buffer.from([0x52, 0x01, 0x03, 0, 0x01, 0, 0, 0]);
  bytes.writeUInt16LE(0, bytes.indexOf(tag) + tag.length);
  const file = folder.file('spare.tif');
  await writeFile(file, bytes);
  const { data, info } = await largeOf(await render(file));
  expect(info.channels).toBe(3);
  for (const at of [0, data.length - 3])
    expect([...data.subarray(at, at + 3)].every((value, i) => Math.abs(value - [200, 40, 40][i]!) < 8)).toBe(true);
});

test('pictures of one pixel, of one row, of greys alone and of greys that are half clear are made like any other', async () => {
  const grey = (channels: 3 | 4) =>
    sharp({ create: { width: 300, height: 200, channels, background: { r: 192, g: 192, b: 192, alpha: 0.5 } } })
      .greyscale()
      .toColourspace('b-w');
  const made = async (name: string, picture: Sharp) => {
    await picture.png().toFile(folder.file(name));
    return render(folder.file(name));
  };
  expect(
    (await made('one.png', halves(2, 1).extract({ left: 0, top: 0, width: 1, height: 1 }))).files.map(
      ({ width, height }) => [width, height],
    ),
  ).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect(
    (
      await made('row.png', sharp({ create: { width: 10_000, height: 10, channels: 3, background: '#c0c0c0' } }))
    ).files.map(({ width, height }) => [width, height]),
  ).toEqual([
    [120, 1],
    [40, 1],
  ]);
  for (const channels of [3, 4] as const) {
    const { thumbhash, files } = await made(`grey-${channels}.png`, grey(channels));
    const { r, g, b, a } = thumbHashToAverageRGBA(Buffer.from(thumbhash, 'base64'));
    for (const value of [r, g, b]) expect(Math.abs(value - 0.75)).toBeLessThan(0.05);
    expect(Math.abs(a - (channels === 4 ? 0.5 : 1))).toBeLessThan(0.05);
    expect(Math.abs((await sharp(files[0]!.path).raw().toBuffer())[0]! - 192)).toBeLessThan(5);
  }
});

test('an AVIF stands beside a large WebP where it is a tenth smaller, and is not tried beside a small one; a JPEG is laid over white', async () => {
  const made = async (name: string, picture: Sharp) => {
    await picture.png({ compressionLevel: 1 }).toFile(folder.file(name));
    const outputs = [
      { name: 'big', within: 1200, formats: ['avif', 'webp'] },
      { name: 'little', within: 100, formats: ['avif', 'webp'] },
    ] as const;
    const { files } = await pipeline.render({ path: folder.file(name), outputs, directory: folder.path });
    return Object.fromEntries(files.map((made) => [`${made.name}.${made.format}`, made.bytes]));
  };
  const grain = await made(
    'two.png',
    sharp({
      create: {
        width: 1400,
        height: 1000,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 20 },
      },
    }),
  );
  expect(grain['big.webp']).toBeGreaterThan(100_000);
  expect(grain['big.avif']).toBeLessThanOrEqual(grain['big.webp']! * 0.9);
  expect(Object.keys(grain)).not.toContain('little.avif');
  const circles = Array.from(
    { length: 900 },
    (_, i) =>
      `<circle cx="${(i * 7919) % 1400}" cy="${(i * 104729) % 1000}" r="${4 + ((i * 31) % 30)}" fill="hsl(${(i * 47) % 360} 70% 50%)" stroke="#222"/>`,
  );
  const drawn = await made(
    'drawn.png',
    sharp(
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1400" height="1000">${circles.join('')}</svg>`),
    ).flatten({ background: '#eed' }),
  );
  expect(drawn['big.webp']).toBeGreaterThan(100_000);
  expect(Object.keys(drawn)).toEqual(['big.webp', 'little.webp']);
  const file = folder.file('two.png');
  const alone = await pipeline.render({
    path: file,
    outputs: [{ name: 'alone', within: 100, formats: ['avif'] }],
    directory: folder.path,
  });
  expect((await sharp(alone.files[0]!.path).metadata()).format).toBe('heif');
  const seeThrough = folder.file('see-through.png');
  await clear(50).toFile(seeThrough);
  const flat = await pipeline.render({
    path: seeThrough,
    outputs: [{ name: 'flat', within: 50, formats: ['jpeg'] }],
    directory: folder.path,
  });
  expect((await sharp(flat.files[0]!.path).raw().toBuffer())[0]).toBeGreaterThan(250);
});

test('what is transparent stays so', async () => {
  const file = folder.file('clear.png');
  await clear(300).toFile(file);
  const { data, info } = await largeOf(await render(file));
  expect([info.channels, data[3]]).toEqual([4, 0]);
});

test('a picture of which nothing is seen is refused as such; one dot is enough', async () => {
  const dotOf = (dot: number) =>
    sharp(Buffer.from(Array.from({ length: 60 * 60 * 4 }, (_, at) => (at === 60 * 4 * 30 + 3 ? dot : 0))), {
      raw: { width: 60, height: 60, channels: 4 },
    }).png();
  const [empty, dotted] = [folder.file('empty.png'), folder.file('dotted.png')];
  await dotOf(0).toFile(empty);
  await dotOf(255).toFile(dotted);
  await expect(render(empty)).rejects.toMatchObject({
    code: 'NOTHING_TO_PRINT',
    sentence: expect.stringContaining('transparent'),
  });
  expect((await render(dotted)).files).toHaveLength(2);
});

test('a drawing of few colours keeps each of its pixels, and is smaller for it; a photo is written with loss', async () => {
  const stripes = Array.from(
    { length: 12 },
    (_, i) =>
      `<rect x="${i * 10 + 3}" y="${i * 7}" width="7" height="40" fill="rgb(${i * 20},${200 - i * 9},${(i * 67) % 255})"/><circle cx="${i * 10}" cy="90" r="${i}"/>`,
  ).join('');
  const drawing = folder.file('drawing.png');
  await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="120"><rect width="120" height="120" fill="#fff"/>${stripes}</svg>`,
    ),
  )
    .removeAlpha()
    .png()
    .toFile(drawing);
  const asSent = await sharp(drawing).raw().toBuffer();
  const made = await render(drawing);
  expect((await largeOf(made)).data.equals(asSent)).toBe(true);
  expect(made.files.find(({ name }) => name === 'large')!.bytes).toBeLessThan(
    (await sharp(drawing).webp({ quality: 80, effort: 2 }).toBuffer()).length,
  );

  const photo = folder.file('photo.png');
  await sharp({
    create: {
      width: 120,
      height: 120,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .png()
    .toFile(photo);
  const lossless = await sharp(photo).webp({ lossless: true, effort: 2 }).toBuffer();
  expect((await render(photo)).files.find(({ name }) => name === 'large')!.bytes).toBeLessThan(lossless.length);
});

test('a picture that breaks off in the middle of its pixels is refused as broken, and leaves no file', async () => {
  const whole = await sharp({
    create: {
      width: 1200,
      height: 900,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .png()
    .toBuffer();
  const spoilt = Buffer.from(whole);
  spoilt.fill(0, Math.floor(whole.length / 2), Math.floor(whole.length / 2) + 4_000);
  const own = makeFolder();
  await writeFile(own.file('spoilt.png'), spoilt);
  await expect(pipeline.render({ path: own.file('spoilt.png'), outputs, directory: own.path })).rejects.toMatchObject({
    name: 'ImageRefused',
    code: 'BROKEN_IMAGE',
  });
  expect(readdirSync(own.path)).toEqual(['spoilt.png']);
  own.remove();
});

test('a child that needs more memory than it may have dies alone: its picture is refused, its neighbours are made, and the next one too', async () => {
  const small = createImagePipeline({ children: 2, memoryMegabytes: 120 });
  const [large, plain] = [folder.file('large.png'), folder.file('neighbour.jpg')];
  await sharp({ create: { width: 6000, height: 6000, channels: 4, background: '#88888880' } })
    .png({ progressive: true, compressionLevel: 1 })
    .toFile(large);
  await halves(400, 200).jpeg().toFile(plain);
  const own = makeFolder();
  const [bad, ...good] = await Promise.allSettled(
    [large, plain, plain].map((file, i) =>
      small.render({ path: file, outputs: [{ name: `n${i}`, within: 100, formats: ['webp'] }], directory: own.path }),
    ),
  );
  expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'TOO_MUCH_MEMORY' } });
  expect(good.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  await small.render({ path: plain, outputs, directory: own.path });
  expect(small.stats().childrenKilled).toBe(1);
  await small.close();
  own.remove();
});

test('a picture that takes too much work, and one that nobody wants any more, are given up', async () => {
  const slow = createImagePipeline({ children: 1, cpuMs: 5 });
  const file = folder.file('slow.png');
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
    .toFile(file);
  await expect(slow.render({ path: file, outputs, directory: folder.path })).rejects.toMatchObject({
    code: 'TOO_SLOW',
  });
  await slow.close();
  const stop = new AbortController();
  const gone = pipeline.render({ path: file, outputs, directory: folder.path, signal: stop.signal });
  setTimeout(() => stop.abort(new Error('nobody waits')), 30);
  await expect(gone).rejects.toThrow('nobody waits');
});

test('a picture on another lies in its box, centred, and no larger', async () => {
  const [base, overlay] = [folder.file('base.png'), folder.file('overlay.png')];
  await sharp({ create: { width: 400, height: 400, channels: 3, background: '#ffffff' } })
    .png()
    .toFile(base);
  await sharp({ create: { width: 300, height: 100, channels: 4, background: '#ff0000' } })
    .png()
    .toFile(overlay);
  const made = await pipeline.compose({
    basePath: base,
    overlayPath: overlay,
    box: { left: 0.25, top: 0.25, width: 0.5, height: 0.5 },
    output: { name: 'proof', within: 200, formats: ['webp'] },
    directory: folder.path,
  });
  expect([made.width, made.height]).toEqual([200, 200]);
  const { data, info } = await sharp(made.path).raw().toBuffer({ resolveWithObject: true });
  const redAt = (x: number, y: number) => isRed(data, (y * info.width + x) * info.channels);
  expect([redAt(100, 100), redAt(60, 100), redAt(40, 100), redAt(100, 70)]).toEqual([true, true, false, false]);
});

test('a base is dyed where that is asked for: its greys are shades of the colour, what is transparent stands on white', async () => {
  const [base, overlay] = [folder.file('garment.png'), folder.file('white.png')];
  const grey = await sharp({ create: { width: 100, height: 100, channels: 4, background: '#ececec' } })
    .png()
    .toBuffer();
  await sharp({ create: { width: 300, height: 300, channels: 4, background: '#00000000' } })
    .composite([{ input: grey, left: 100, top: 100 }])
    .png()
    .toFile(base);
  await sharp({ create: { width: 10, height: 10, channels: 3, background: '#ffffff' } })
    .png()
    .toFile(overlay);
  const box = { left: 0.45, top: 0.45, width: 0.1, height: 0.1 };
  const made = await pipeline.compose({
    basePath: base,
    overlayPath: overlay,
    box,
    tint: '#26282c',
    output: { name: 'dyed', within: 300, formats: ['webp'] },
    directory: folder.path,
  });
  const { data, info } = await sharp(made.path).raw().toBuffer({ resolveWithObject: true });
  const lightAt = (x: number, y: number) => data[(y * info.width + x) * info.channels]!;
  expect(lightAt(20, 20)).toBeGreaterThan(250);
  expect(lightAt(115, 115)).toBeLessThan(50);
  expect(lightAt(150, 150)).toBeGreaterThan(240); // white art is seen on black
});

test('pictures are admitted by their megapixels, in turn, and one larger than all room alone', async () => {
  const { createMegapixelBudget } = await import('../src/megapixel-budget.ts');
  const budget = createMegapixelBudget(10);
  const order: string[] = [];
  const enter = (name: string, megapixels: number, signal?: AbortSignal) =>
    budget.enter(megapixels, signal).then((leave) => (order.push(name), leave));
  const [a, b] = [await enter('a', 6), await enter('b', 4)];
  const stop = new AbortController();
  const [c, d] = [enter('huge', 50), enter('d', 1)];
  const left = enter('left', 1, stop.signal);
  stop.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  expect([budget.inFlight(), budget.waiting()]).toEqual([10, 2]);
  a();
  a(); // twice is once
  b();
  (await c)();
  (await d)();
  expect([order, budget.inFlight()]).toEqual([['a', 'b', 'huge', 'd'], 0]);
});
