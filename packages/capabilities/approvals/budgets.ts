import { defineBudget, type RemovedStep } from '../kit/budget.ts';
import { orderApproved } from './events.ts';

/** The order's own update. The first report's promise: docs/requirements.md, S0.2. */
export const approveBudget = defineBudget({
  name: 'approve',
  title: 'Approving an order, click to answer',
  ms: 200,
  before: '200 ms and 45 s',
  event: orderApproved,
  figure: 'ms',
});

export const removedSteps: readonly RemovedStep[] = [
  {
    title: 'Fetching each bundle from storage while approving',
    before: '30 to 60 s a bundle',
    instead: 'The mail holds links: no storage is touched until a customer downloads.',
  }, // S0.4
  {
    title: 'Attaching files to the mail',
    before: 'up to 5 min',
    instead: 'A mail is a few kB, whatever the order weighs.',
  }, // S0.9
];
