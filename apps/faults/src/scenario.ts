import type { Entry } from './entry.ts';
import type { History } from './history.ts';
import type { Nemesis } from './nemesis.ts';
import type { Engine, Stack, StackOptions } from './stack/start-stack.ts';
import type { Verdict } from './verdict.ts';

/** What a run is given. */
export type Run<Size> = {
  size: Size;
  engine: Engine;
  seed: number;
  /** the commit of the release before */
  from: string;
  /** of this run alone, for whatever it writes */
  folder: string;
  history: History;
  nemesis: Nemesis;
  /** Brings the stack up; it is taken down when the run is over, whatever becomes of it. */
  startStack(options?: StackOptions): Promise<Stack>;
};

/** One row of the table: what is done to a running Windlass, and what it is owed all the same. */
export type Scenario<Size = unknown> = {
  name: string;
  /** its place in the table of promises */
  row: number;
  promise: string;
  /** what the figure does not say */
  caveat: string;
  /** Why it cannot run here; undefined where it can. */
  obstacle?(options: { from: string }): string | undefined;
  /** no queue is in it: on both engines it would be the same run twice */
  withoutEngine?: true;
  full: Size;
  /** for the tests: the same run in a few seconds */
  small: Size;
  /** Does it, and writes the history. Judges nothing. */
  run(run: Run<Size>): Promise<void>;
  /** Judges the history. Does nothing. */
  check(entries: readonly Entry[], size: Size): Verdict[];
};

/** Keeps the size's type between `run` and `check`, and forgets it for the list. */
export const defineScenario = <Size>(scenario: Scenario<Size>): Scenario => scenario as unknown as Scenario;
