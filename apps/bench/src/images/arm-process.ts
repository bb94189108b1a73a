/**
 * One way to make pictures, in a process of its own: `node arm-process.ts <way>`. A round makes 1200 and 400 of each
 * file.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { createImagePipeline } from '@windlass/image-pipeline/create-image-pipeline';
import { createIPX, ipxFSStorage } from 'ipx';
import sharp from 'sharp';
import { runClients } from '../measure/run-clients.ts';

export type RoundWish = { files: string[]; out: string };
const SIZES = [1200, 400] as const;
const AT_ONCE = 2;
const run = promisify(execFile);

const ways: Record<string, () => (file: string, out: string) => Promise<unknown>> = {
  // As it is, with one child, and with the effort that the others have.
  ours: () => withPipeline({ children: 2 }),
  'ours, one child': () => withPipeline({ children: 1 }),
  'ours, effort 4': () => withPipeline({ children: 2, effort: 4 }),
  // The least that gives the same pictures: decoded once, encoded twice, in this process, nothing inspected, hashed or
  // written aside.
  floor: () => {
    sharp.cache(false);
    sharp.concurrency(1);
    return async (file, out) => {
      const large = await sharp(file)
        .resize({ width: 1200, height: 1200, fit: 'inside' })
        .raw()
        .toBuffer({ resolveWithObject: true });
      await sharp(large.data, { raw: large.info }).webp({ quality: 80, effort: 2 }).toFile(`${out}-1200.webp`);
      await sharp(large.data, { raw: large.info })
        .resize({ width: 400, height: 400, fit: 'inside' })
        .webp({ quality: 80, effort: 2 })
        .toFile(`${out}-400.webp`);
    };
  },
  'plain sharp': () => async (file, out) => {
    for (const size of SIZES)
      await sharp(file)
        .resize({ width: size, height: size, fit: 'inside' })
        .webp({ quality: 80 })
        .toFile(`${out}-${size}.webp`);
  },
  ipx: () => {
    let ipx: ReturnType<typeof createIPX> | undefined;
    return async (file) => {
      ipx ??= createIPX({ storage: ipxFSStorage({ dir: path.dirname(file) }) });
      for (const size of SIZES)
        await ipx(path.basename(file), {
          resize: `${size}x${size}`,
          fit: 'inside',
          format: 'webp',
          quality: '80',
        }).process();
    };
  },
  vipsthumbnail: () => async (file, out) => {
    for (const size of SIZES)
      await run('vipsthumbnail', [file, '--size', `${size}x${size}`, '-o', `${out}-${size}.webp[Q=80]`]);
  },
};

function withPipeline({ children, effort }: { children: number; effort?: number }) {
  const pipeline = createImagePipeline({ children });
  const outputs = [
    { name: 'large', within: 1200 },
    { name: 'small', within: 400 },
  ].map((output) => ({ ...output, formats: ['webp'] as const, ...(effort && { effort }) }));
  return (file: string, out: string) =>
    pipeline.render({
      path: file,
      outputs: outputs.map((output) => ({ ...output, name: `${path.basename(out)}-${output.within}` })),
      directory: path.dirname(out),
    });
}

const make = ways[process.argv[2]!]!();
process.on('message', async ({ files, out }: RoundWish) => {
  const begun = performance.now();
  await runClients([...files.entries()], AT_ONCE, async ([i, file]) => void (await make(file, path.join(out, `${i}`))));
  process.send!({ kind: 'made', ms: performance.now() - begun });
});
process.on('SIGTERM', () => process.exit(0));
setInterval(() => {}, 60_000); // the channel to the bench alone does not hold a process
process.send!('ready');
