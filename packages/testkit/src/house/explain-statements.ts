import type { Database } from '@windlass/db/open-database';
import type { Sql } from '@windlass/db/sql';

export type ScannedTable = { table: string; how: string; index?: string | undefined };
type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; Plans?: Plan[] };

/** Plans statements instead of running them: what each would read. They answer no rows. */
export function explainStatements(pool: Database['pool']): { sql: Sql; scans: ScannedTable[] } {
  const scans: ScannedTable[] = [];
  const note = (plan: Plan, bitmap?: string) => {
    const table = plan['Relation Name'];
    const index = plan['Index Name'] ?? bitmap;
    if (table) scans.push({ table, how: plan['Node Type'], ...(index && { index }) });
    for (const child of plan.Plans ?? []) {
      if (child['Node Type'] === 'Bitmap Index Scan') continue; // named by the heap scan above it
      note(child, child.Plans?.[0]?.['Index Name']);
    }
  };
  const rows = async <Row extends object>(
    _name: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> => {
    const answer = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (format json) ${text}`, [...values]);
    note(answer.rows[0]!['QUERY PLAN'][0].Plan);
    return [];
  };
  return {
    scans,
    sql: { rows, row: async (name, text, values) => (await rows(name, text, values))[0] as never, wake: () => {} },
  };
}
