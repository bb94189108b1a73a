import type { z } from 'zod';
import { cutPage, escapeLike, formatPlace, parsePlace } from '../../kit/page.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { listInput, listOutput } from '../contract.ts';
import { stateOfTab } from '../rules.ts';
import { ARTWORK_FROM, ARTWORK_ROW, type ArtworkRecord, PRESENT, toArtworkRow } from './artwork-row.ts';

const NUMBER = /^#?(\d{1,9})$/;

/**
 * One page of the gallery, newest first, in one statement. Only what is on the page: no picture is asked for, and
 * storage is not touched.
 */
export async function listArtworks(
  ctx: SignedInContext,
  input: z.output<typeof listInput>,
): Promise<z.infer<typeof listOutput>> {
  const { database, settings } = ctx.services;
  const search = input.search?.trim().toLowerCase() || undefined;
  const filter = ['artwork', ctx.person.shopId, input.tab, search ?? ''];
  const place = parsePlace(input.cursor, filter, settings.cursorSecret);
  const state = stateOfTab[input.tab];
  const number = search && NUMBER.exec(search)?.[1];

  const values: unknown[] = [ctx.person.shopId, input.limit + 1];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [
    `a.shop_id = $1 and ${PRESENT}`,
    state && `a.state = ${bind(state)}::artwork_state`,
    // Few beside the others: found from the files.
    input.tab === 'problems' &&
      `a.file_id = any(array(select x.id from artwork_file x where x.shop_id = $1 and x.state = 'failed'))`,
    place && `(a.created_at, a.id) < (${bind(place.at)}::timestamptz, ${bind(place.id)})`,
    number && `o.number = ${bind(Number(number))}`,
    search &&
      !number &&
      `(o.search_text like ${bind(`%${escapeLike(search)}%`)} or lower(a.name) like $${values.length})`,
  ].filter(Boolean);
  const name = [
    'list-artworks',
    state && 'state',
    input.tab === 'problems' && 'failed',
    place && 'after',
    search && (number ? 'number' : 'text'),
  ]
    .filter(Boolean)
    .join('-');
  const rows = await database.sql.rows<ArtworkRecord>(
    name,
    `select ${ARTWORK_ROW} ${ARTWORK_FROM} where ${where.join(' and ')} order by a.created_at desc, a.id desc limit $2`,
    values,
  );
  const page = cutPage(rows, input.limit, (last) => formatPlace(last, filter, settings.cursorSecret));
  return { rows: page.rows.map((row) => toArtworkRow(row, settings.pictures)), next: page.next };
}
