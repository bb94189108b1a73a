import type { EventDefinition } from '@windlass/live/define-event';

/**
 * How long a step may take: shown beside what it took, on timelines and on the Budgets screen, which reads what events
 * carry.
 */
export type Budget = {
  /** Unique in the house. */
  name: string;
  /** What is done meanwhile, for people. */
  title: string;
  ms: number;
  /** What it took elsewhere, e.g. `5 to 10 s`. */
  before?: string;
  /** The event that tells of the step, and where in it the time stands, in ms. */
  type: string;
  figure: string;
};

type NewBudget<Data extends object> = Omit<Budget, 'type' | 'figure'> & {
  event: EventDefinition<Data>;
  figure: keyof Data & string;
};

export const defineBudget = <Data extends object>({ event, ...budget }: NewBudget<Data>): Budget => ({
  ...budget,
  type: event.type,
});

/** A step that is not made faster but is gone: nothing measures it, a test shows its absence. */
export type RemovedStep = { title: string; before: string; instead: string };
