/**
 * How long each step may take, in ms: shown beside what it took. The first report's promises (docs/requirements.md,
 * S0).
 */
export const budgets = {
  /** The order's own update, from click to answer. */
  approve: 200,
  /** All links of an order, and the text around them. */
  makeLinks: 3000,
  /** The conversation with the mail server. */
  sendMail: 5000,
  /** From the click (or the end of the undo window) to the mail server's 250. */
  clickToAccepted: 8000,
} as const;

export type BudgetName = keyof typeof budgets;

export type Promised = { name: BudgetName; title: string; /** What the report says it took before. */ before: string };

/** The report's table, in its order; shown on the Budgets screen beside what was measured. */
export const promised: readonly Promised[] = [
  { name: 'approve', title: 'Approving an order, click to answer', before: '200 ms and 45 s' }, // S0.2
  { name: 'makeLinks', title: 'Making the links and the text of a mail', before: '5 to 10 s' }, // S0.12
  { name: 'sendMail', title: 'Talking to the mail server', before: '10 s to 5 min' }, // S0.16
  { name: 'clickToAccepted', title: 'From the click to “sent”', before: '45 to 100 s' }, // S0.16
];

/** Steps of the report that are not made faster but are gone: nothing measures them, a test shows their absence. */
export const removed: readonly { title: string; before: string; instead: string }[] = [
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
