import type { SignedInContext } from '../../kit/server-context.ts';
import { readColumns } from '../csv/read-columns.ts';
import type { ImportColumns } from '../intake-contract.ts';
import { readKeptFile } from './read-kept-file.ts';
import { recallChoice } from './recall-choice.ts';

/** The columns of an upload, for a person who says which is which: what was chosen before, or a guess. */
export async function importColumns(ctx: SignedInContext, id: string): Promise<ImportColumns> {
  const { shopId } = ctx.person;
  const { sql } = ctx.services.database;
  const { header, line, columns, guess } = await readKeptFile(sql, { id, shopId }, readColumns);
  const kept = await recallChoice(sql, shopId, header);
  return {
    line,
    columns,
    choice: kept?.choice ?? guess,
    isChosen: kept !== undefined,
    system: header.format?.system ?? null,
  };
}
