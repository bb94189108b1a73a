import type { ChildRendered, ChildTask } from '../child-messages.ts';
import { openColours } from './open-colours.ts';
import { fromPixels, takePixels } from './raw-picture.ts';
import { tintPicture } from './tint-picture.ts';
import { writePicture } from './write-picture.ts';

type ComposeTask = Extract<ChildTask, { kind: 'compose' }>;

/** Lays one picture onto another, fitted into a box and centred in it. */
export async function composePicture(task: ComposeTask, onStep: (step: string) => void): Promise<ChildRendered> {
  const { basePath, overlayPath, spareChannels, box, tint, output, directory, pixels } = task;
  const started = performance.now();
  const opened = [
    await openColours(basePath, { pixels, spareChannel: spareChannels[0] }),
    await openColours(overlayPath, { pixels, spareChannel: spareChannels[1] }),
  ] as const;
  const drawn = await takePixels(
    opened[0].resize({ width: output.within, height: output.within, fit: 'inside', withoutEnlargement: true }),
  );
  const base = await takePixels(fromPixels(tint ? tintPicture(drawn, tint) : drawn).flatten({ background: '#ffffff' }));
  const room = {
    width: Math.max(1, Math.round(box.width * base.info.width)),
    height: Math.max(1, Math.round(box.height * base.info.height)),
  };
  const overlay = await takePixels(opened[1].resize({ ...room, fit: 'inside' }).ensureAlpha());
  const decoded = performance.now();
  onStep('decoded');
  const left = Math.round(box.left * base.info.width + (room.width - overlay.info.width) / 2);
  const top = Math.round(box.top * base.info.height + (room.height - overlay.info.height) / 2);
  const whole = await takePixels(fromPixels(base).composite([{ input: overlay.data, raw: overlay.info, left, top }]));
  const files = await writePicture(whole, output, directory);
  return { thumbhash: '', files, ms: { decode: decoded - started, encode: performance.now() - decoded } };
}
