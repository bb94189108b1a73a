import type { z } from 'zod';
import { cutPage, formatPlace, parsePlace } from '../../kit/page.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { listJobsInput, listJobsOutput } from '../contract.ts';
import { statesOf } from '../rules.ts';
import { JOB_ROW, type RawJobRow, toJobRows } from './job-row.ts';

/** One page of the shop's jobs, newest first. */
export async function listJobs(
  ctx: SignedInContext,
  input: z.output<typeof listJobsInput>,
): Promise<z.infer<typeof listJobsOutput>> {
  const { database, settings } = ctx.services;
  const filter = ['jobs', ctx.person.shopId, input.tab, input.name ?? ''];
  const place = parsePlace(input.cursor, filter, settings.cursorSecret);
  const states = statesOf(input.tab);

  const values: unknown[] = [ctx.person.shopId, input.limit + 1];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [
    'j.shop_id = $1',
    states && `j.state = any(${bind(states)}::job_state[])`,
    input.tab === 'failed' && 'j.acknowledged_at is null',
    place && `(j.created_at, j.id) < (${bind(place.at)}::timestamptz, ${bind(place.id)})`,
    input.name && `j.name = ${bind(input.name)}`,
  ].filter(Boolean);
  const name = [
    'list-jobs',
    states && (input.tab === 'failed' ? 'open' : 'state'),
    place && 'after',
    input.name && 'name',
  ]
    .filter(Boolean)
    .join('-');
  const rows = await database.sql.rows<RawJobRow>(
    name,
    `select ${JOB_ROW} from job j where ${where.join(' and ')} order by j.created_at desc, j.id desc limit $2`,
    values,
  );
  const page = cutPage(rows, input.limit, (last) => formatPlace(last, filter, settings.cursorSecret));
  return { rows: await toJobRows(ctx, page.rows), next: page.next };
}
