import type { z } from 'zod';
import { cachedCounts } from '../../kit/cached-counts.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { cappedCountSql, toCappedCount } from '../../kit/sql-text.ts';
import type { countsOutput } from '../contract.ts';
import { PRESENT } from './artwork-row.ts';

const inState = (state: string): string =>
  cappedCountSql(`from artwork a where a.shop_id = $1 and ${PRESENT} and a.state = '${state}'`);

const COUNT = `select ${inState('awaiting')} as awaiting, ${inState('sent')} as sent,
  ${inState('changes_requested')} as changes, ${inState('approved')} as approved,
  ${cappedCountSql(`from artwork a join artwork_file f on f.id = a.file_id where f.shop_id = $1 and f.state = 'failed' and ${PRESENT}`)} as problems,
  ${cappedCountSql(`from artwork a where a.shop_id = $1 and ${PRESENT}`)} as all`;

/** How much there is behind each tab, to a thousand. */
export const countArtworks = (ctx: SignedInContext): Promise<z.infer<typeof countsOutput>> =>
  cachedCounts(ctx, 'artwork', async () => {
    const row = (await ctx.services.database.sql.row<Record<keyof z.infer<typeof countsOutput>, number>>(
      'count-artworks',
      COUNT,
      [ctx.person.shopId],
    ))!;
    return {
      awaiting: toCappedCount(row.awaiting),
      sent: toCappedCount(row.sent),
      changes: toCappedCount(row.changes),
      approved: toCappedCount(row.approved),
      problems: toCappedCount(row.problems),
      all: toCappedCount(row.all),
    };
  });
