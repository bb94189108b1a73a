import { holdsInvisible } from '@windlass/messaging/invisible';
import type { ColumnName } from './columns.ts';

/**
 * As Excel, LibreOffice and Google write them, also in German, French, Spanish and Italian; #### is a column too narrow
 * for its value.
 */
const ERROR =
  /^#(?:#+|N\/[AD]|NV|GETTING_DATA|[¡¿]?(?:REF|VALUE|DIV\/0|NAME|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|UNKNOWN|CONNECT|BUSY|ERROR|BEZUG|WERT|ZAHL|NOM|NOMBRE|VALEUR|VALOR|VALORE|RIF|NOME)[!?])$/;
/** 1.23457E+12: a long number as a spreadsheet shows it. */
const SHORTENED = /^\d(?:[.,]\d+)?E\+\d{1,3}$/i;
/**
 * Spreadsheets keep fifteen digits and fill up with zeros. With fewer than three of them it may be the number itself.
 */
const FILLED_UP = /^[1-9]\d{14}0{3,}$/;

/** By these an order or a bundle is found: letter by letter. */
const NAMES: readonly ColumnName[] = ['reference', 'sku'];
const words: Partial<Record<ColumnName, string>> = { reference: 'The reference', sku: 'The SKU' };

/**
 * What a spreadsheet or a copy did to a cell, in a sentence; undefined: nothing that shows. `isOurs`: what is invisible
 * in it, we took.
 */
export function findDamage(column: ColumnName, cell: string, isOurs: boolean): string | undefined {
  const said = `“${cell.slice(0, 40)}”`;
  if (ERROR.test(cell)) return `${said} is an error of the spreadsheet, not a value.`;
  if (!NAMES.includes(column)) return undefined;
  if (SHORTENED.test(cell) || FILLED_UP.test(cell))
    return `${said} was rounded by a spreadsheet, and its last digits are lost. Format the column as text there, and enter it again.`;
  return !isOurs && holdsInvisible(cell)
    ? `${words[column]} holds an invisible character. Type it by hand.`
    : undefined;
}
