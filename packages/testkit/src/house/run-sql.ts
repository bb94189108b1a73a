import type { House } from './start-house.ts';

/** One statement by the test's own hand, past all rules: to age a row, to plant a fault, to look. */
export async function runSql<Row extends object = Record<string, unknown>>(
  house: House,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await house.database.pool.query<Row & Record<string, unknown>>(text, [...values]);
  return rows;
}
