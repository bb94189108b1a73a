/** How long each step may take, in ms: shown beside what it took. The first report's promises (docs/requirements.md, S0). */
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

export type Promised = { name: BudgetName; title: string; requirement: string; /** What the report says it took before. */ before: string };

/** The report's table, in its order; shown on the Budgets screen beside what was measured. */
export const promised: readonly Promised[] = [
  { name: 'approve', title: 'Approving an order, click to answer', requirement: 'S0.2', before: '200 ms, then 45 s for the mail' },
  { name: 'makeLinks', title: 'Making the links and the text of a mail', requirement: 'S0.12', before: '5–10 s' },
  { name: 'sendMail', title: 'Talking to the mail server', requirement: 'S0.16', before: '10–30 s, with attachments 2–5 min' },
  { name: 'clickToAccepted', title: 'From the click to “accepted”', requirement: 'S0.16', before: '45–100 s' },
];

/** Steps of the report that are not made faster but are gone: nothing measures them, a test shows their absence. */
export const removed: readonly { title: string; requirement: string; before: string; instead: string }[] = [
  { title: 'Fetching each bundle from storage while approving', requirement: 'S0.4', before: '30–60 s a bundle', instead: 'The mail holds links: no storage is touched until a customer downloads.' },
  { title: 'Attaching files to the mail', requirement: 'S0.9', before: 'part of the 2–5 min', instead: 'A mail is a few kB, whatever the order weighs.' },
];
