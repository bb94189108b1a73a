/**
 * What every reader and writer of the database is handed. `name` says the operation in metrics and becomes the name of
 * the prepared statement, so one name must always go with one text.
 */
export interface Sql {
  /** All rows. */
  rows<Row extends object>(name: string, text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The first row, if any. */
  row<Row extends object>(name: string, text: string, values?: readonly unknown[]): Promise<Row | undefined>;
  /**
   * Wakes whoever waits for this kind of news (see wake.ts). In a transaction the wake is sent after the
   * commit, and not at all after a rollback.
   */
  wake(channel: string): void;
}

/** A statement list that commits or rolls back as one. Only `Database.transaction` makes one. */
export interface Tx extends Sql {
  readonly inTransaction: true;
}

/** SQLSTATE of a unique violation, and the constraint's name, for callers that turn it into an answer. */
export function violatedConstraint(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, constraint } = error as Error & { code?: string; constraint?: string };
  return code === '23505' ? constraint : undefined;
}
