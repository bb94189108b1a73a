/** How long each step may take, in ms: shown beside what it took. The first report's promises (docs/requirements.md, S0). */
export const budgets = {
  /** The order's own update, from click to answer. */
  approve: 200,
  /** All links of an order. */
  makeLinks: 3000,
  /** The conversation with the mail server. */
  sendMail: 5000,
  /** From the click (or the end of the undo window) to the mail server's 250. */
  clickToAccepted: 8000,
} as const;

export type BudgetName = keyof typeof budgets;
