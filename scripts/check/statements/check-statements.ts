import { compareStatement, type Fault } from './compare-statement.ts';
import { describeStatement } from './describe-statement.ts';
import type { Statement } from './find-statements.ts';
import { type Client, readCatalog } from './read-catalog.ts';

/**
 * Has PostgreSQL describe each statement, and answers everything that is not as its file says, in sentences that say
 * what to write instead. `assured` holds columns, as `statement.column`, of which a row knows more than the schema;
 * one that is in doubt no longer is a fault too. The database is migrated, and nothing is written to it.
 */
export async function checkStatements(
  client: Client,
  statements: readonly Statement[],
  assured: readonly string[] = [],
): Promise<string[]> {
  const catalog = await readCatalog(client);
  // An index may promise what a plan then does not say: every condition is to stand in it.
  await client.query('set enable_indexscan = off; set enable_indexonlyscan = off; set enable_bitmapscan = off');
  const faults: Fault[] = ofOneName(statements);
  for (const statement of statements) {
    try {
      faults.push(...compareStatement(statement, await describeStatement(client, statement.text, catalog)));
    } catch (error) {
      faults.push({
        says: `${statement.name} (${statement.place}): PostgreSQL refuses it: ${(error as Error).message}.`,
      });
    }
  }
  const doubted = new Set(faults.map(({ column }) => column));
  return [
    ...faults.filter(({ column }) => column === undefined || !assured.includes(column)).map(({ says }) => says),
    ...assured
      .filter((column) => !doubted.has(column))
      .map((column) => `${column} is in doubt no longer: take it off.`),
  ];
}

/** A name is a prepared statement's: with a second text the driver refuses to send it. */
function ofOneName(statements: readonly Statement[]): Fault[] {
  const first = new Map<string, Statement>();
  return statements.flatMap((statement) => {
    const { name, text, place } = statement;
    const known = first.get(name);
    if (!known) first.set(name, statement);
    if (!known || known.text === text || name.includes('*')) return [];
    return [{ says: `${name} (${place}): ${known.place} sends another text under this name. Rename one of them.` }];
  });
}
