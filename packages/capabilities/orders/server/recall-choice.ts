import type { Sql } from '@windlass/db/sql';
import { fingerprintOf } from '../csv/column-keys.ts';
import type { CsvHeader } from '../csv/read-header.ts';
import type { ColumnChoice } from '../intake-contract.ts';

/** `by`: the id of the person who chose. */
export type KeptChoice = { choice: ColumnChoice; at: string; by: string };

const FIND = `select choice, chosen_at::text as at, chosen_by as by from order_column_choice
  where shop_id = $1 and header_hash = $2`;

/** What a person of the shop chose for files with these columns; undefined: nobody did. */
export const recallChoice = (
  sql: Sql,
  shopId: string,
  { keys }: Pick<CsvHeader, 'keys'>,
): Promise<KeptChoice | undefined> => sql.row<KeptChoice>('recall-column-choice', FIND, [shopId, fingerprintOf(keys)]);
