import path from 'node:path';
import type { DecorationLocation } from './contract.ts';

/**
 * A picture of an undecorated garment, and where on it artwork of a location goes: fractions of its width and height.
 */
export type Blank = { file: string; box: { left: number; top: number; width: number; height: number } };

const picture = (name: string): string => path.join(import.meta.dirname, 'blanks', `${name}.webp`);

/** Left and right are the wearer's, as printers say it: on a front view the left chest is on the right. */
const blanks: Readonly<Record<DecorationLocation, Blank>> = {
  'left chest': { file: picture('front'), box: { left: 0.545, top: 0.3, width: 0.13, height: 0.13 } },
  'right chest': { file: picture('front'), box: { left: 0.325, top: 0.3, width: 0.13, height: 0.13 } },
  'full front': { file: picture('front'), box: { left: 0.31, top: 0.29, width: 0.38, height: 0.46 } },
  'full back': { file: picture('back'), box: { left: 0.29, top: 0.22, width: 0.42, height: 0.52 } },
  'left sleeve': { file: picture('front'), box: { left: 0.815, top: 0.285, width: 0.085, height: 0.085 } },
  'right sleeve': { file: picture('front'), box: { left: 0.1, top: 0.285, width: 0.085, height: 0.085 } },
};

/** The blank for a location; what names none of ours is shown across the front. */
export const blankFor = (location: string | null): Blank =>
  blanks[(location ?? '') as DecorationLocation] ?? blanks['full front'];
