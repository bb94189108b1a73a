import type { Spread } from './measure/spread.ts';
import type { TargetName } from './targets.ts';
import type { World } from './world/world.ts';

/** One measured number with its unit; `spread` where it is the median of several rounds. */
export type Amount = { value: number; unit: string; spread?: Spread };

export type Figure = {
  /** What it is, in the words of the page. */
  what: string;
  amount: Amount;
  /** What it was measured beside. */
  twin?: { what: string; amount: Amount };
  /** What it is held against; without one it is there to be read. */
  target?: TargetName;
};

export type Benchmark = {
  name: BenchmarkName;
  /** For the page: what is done, against what, and where the clock runs. */
  what: string;
  run: (world: World) => Promise<Figure[]>;
};

export const benchmarkNames = [
  'approve',
  'click-to-accepted',
  'order-list',
  'jobs',
  'live',
  'dispatch',
  'images',
  'upload',
  'gallery',
  'list-under-load',
] as const;
export type BenchmarkName = (typeof benchmarkNames)[number];

export const amountOf = (spread: Spread, unit: string): Amount => ({ value: spread.median, unit, spread });
