import type { Verdict } from './verdict.ts';

/** What a run leaves behind beside its history; docs/reliability.md is written from these alone. */
export type Result = {
  name: string;
  row: number;
  promise: string;
  caveat: string;
  engine: 'redis' | 'postgres';
  seed: number;
  small: boolean;
  size: unknown;
  /** ISO, UTC */
  begun: string;
  seconds: number;
  verdicts: Verdict[];
};

export const isKept = ({ verdicts }: Pick<Result, 'verdicts'>): boolean =>
  verdicts.length > 0 && verdicts.every(({ kept }) => kept);
