import { spawnSync } from 'node:child_process';
import { amountOf, type Benchmark, type Figure } from '../benchmark.ts';
import { alternate } from '../measure/alternate.ts';
import { readTreeUsage } from '../measure/read-tree-usage.ts';
import { ratiosOf, spreadOf } from '../measure/spread.ts';
import { startProcess } from '../world/start-process.ts';
import type { World } from '../world/world.ts';
import { comparePictures } from './compare-pictures.ts';
import { makePhotos } from './make-photos.ts';

export const images: Benchmark = {
  name: 'images',
  what:
    'Photos of 12 megapixels (JPEG) to WebP of 1200 and 400 pixels, two at a time: our pipeline (inspected, decoded in children, thumbhash and ' +
    'SHA-256 included) beside the least that gives the same pictures, plain sharp, ipx (on the same sharp), and libvips’ own vipsthumbnail. CPU is ' +
    'that of the whole process tree. Then photos of 24 megapixels, for the memory.',
  run,
};

const ways = ['ours', 'ours, one child', 'ours, effort 4', 'floor', 'plain sharp', 'ipx', 'vipsthumbnail'] as const;
type Way = (typeof ways)[number];
type Sample = { cpuMs: number; perSecond: number };

async function run(world: World): Promise<Figure[]> {
  const folder = world.createFolder();
  const [distinct, times] = world.small ? [1, 1] : [6, 2];
  // Never smaller than what is made of them: where ipx may not enlarge it makes something else.
  const photos = await makePhotos(folder, { megapixels: world.small ? 2 : 12, count: distinct, seed: world.seed });
  const files = Array.from({ length: times }, () => photos).flat();
  const there = ways.filter((way) => way !== 'vipsthumbnail' || spawnSync('vipsthumbnail', ['--version']).status === 0);
  if (!there.includes('vipsthumbnail')) world.say('  vipsthumbnail is not on this machine: left out');

  const arms = await Promise.all(
    there.map(async (way) => ({ name: way, ...(await startArm(world, way, { files, out: world.createFolder() })) })),
  );
  for (const { round } of arms) await round(); // warm
  const samples = await alternate(arms, world.rounds, (name, { cpuMs, perSecond }) =>
    world.say(`  ${name} ${cpuMs.toFixed(0)} ms CPU an image, ${perSecond.toFixed(1)}/s`),
  );
  const cpuOf = (way: Way) => samples[way].map(({ cpuMs }) => cpuMs);
  const rateOf = (way: Way) => samples[way].map(({ perSecond }) => perSecond);

  const at12 = arms.find(({ name }) => name === 'ours')!.peak();
  const large = await makePhotos(folder, {
    megapixels: world.small ? 4 : 24,
    count: world.small ? 1 : 2,
    seed: world.seed + 1,
  });
  const big = await startArm(world, 'ours', { files: [...large, ...large], out: world.createFolder() });
  await big.round();
  const { bytesRatio, psnrDifference } = await comparePictures(photos, folder);

  const figures: Figure[] = [
    {
      what: 'CPU against decode + encode alone',
      amount: amountOf(ratiosOf(cpuOf('ours'), cpuOf('floor')), 'x'),
      target: 'images.floor',
    },
    {
      what: 'CPU against ipx at equal effort',
      amount: amountOf(ratiosOf(cpuOf('ours, effort 4'), cpuOf('ipx')), 'x'),
      target: 'images.ipx.equal',
    },
    {
      what: 'CPU against ipx',
      amount: amountOf(ratiosOf(cpuOf('ours'), cpuOf('ipx')), 'x'),
      target: 'images.ipx.cheap',
    },
    { what: 'bytes against ipx, 1200 pixels', amount: { value: bytesRatio, unit: 'x' }, target: 'images.bytes' },
    { what: 'likeness against ipx, 1200 pixels', amount: { value: psnrDifference, unit: 'dB' }, target: 'images.psnr' },
    {
      what: 'two children against one, images a second',
      amount: amountOf(ratiosOf(rateOf('ours'), rateOf('ours, one child')), 'x'),
      target: 'images.children',
    },
    { what: 'largest process, 12 MP', amount: { value: at12, unit: 'MB' }, target: 'images.rss' },
    { what: 'largest process, 24 MP', amount: { value: big.peak(), unit: 'MB' }, target: 'images.rss' },
  ];
  for (const way of there) {
    figures.push({ what: `images a second, ${way}`, amount: amountOf(spreadOf(rateOf(way)), '/s') });
    figures.push({ what: `CPU an image, ${way}`, amount: amountOf(spreadOf(cpuOf(way)), 'ms') });
  }
  return figures;
}

/** A way in a process of its own; a round answers what it cost, whatever it started meanwhile. */
async function startArm(world: World, way: Way, wish: { files: string[]; out: string }) {
  const arm = await startProcess(world, { program: 'apps/bench/src/images/arm-process.ts', args: [way] });
  const round = async (): Promise<Sample> => {
    const before = readTreeUsage(arm.pid).cpuMs;
    const { ms } = await arm.ask<{ ms: number }>(wish, 'made');
    return {
      cpuMs: (readTreeUsage(arm.pid).cpuMs - before) / wish.files.length,
      perSecond: wish.files.length / (ms / 1000),
    };
  };
  return { round, peak: () => readTreeUsage(arm.pid).largestPeakMb };
}
