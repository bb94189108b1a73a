import type { z } from 'zod';
import { countDeliveryErrors, measureDeliveries } from '../../deliveries/operations.ts';
import { jobTitle } from '../../kit/job-catalogue.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { measuresOutput } from '../contract.ts';

const FIGURES = `select w.name, count(f.ms)::int as count, percentile_cont(0.5) within group (order by f.ms) as p50,
    percentile_cont(0.95) within group (order by f.ms) as p95, max(f.ms) as worst, count(*) filter (where f.ms > w.budget)::int as over
  from unnest($2::text[], $3::text[], $4::text[], $5::float8[]) as w(name, type, figure, budget)
  left join lateral (select (e.data ->> w.figure)::float8 as ms from event e
    where e.shop_id = $1 and e.type = w.type and e.at > now() - interval '24 hours' and e.data ? w.figure) f on true
  group by w.name`;
type Figures = {
  name: string;
  count: number;
  p50: number | null;
  p95: number | null;
  worst: number | null;
  over: number;
};

const JOBS = `select name, count(*)::int as count, count(*) filter (where state = 'failed')::int as failed,
    percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.95) within group (order by ms) as p95
  from (select name, state, extract(epoch from finished_at - started_at)::float8 * 1000 as ms from job
    where shop_id = $1 and finished_at > now() - interval '24 hours' and created_at > now() - interval '25 hours' and state in ('succeeded', 'degraded', 'failed')) j
  group by name order by count(*) desc limit 20`;
type JobFigures = { name: string; count: number; failed: number; p50: number; p95: number };

/** It looks at a day's rows, so it is counted at most so often, whoever asks; `at` says when. */
const KEEP_MS = 20_000;

/** What the last 24 hours took, beside what was promised. */
export const readMeasures = (ctx: SignedInContext): Promise<z.infer<typeof measuresOutput>> =>
  ctx.services.cache.get(`measures:${ctx.person.shopId}`, { ttlMs: KEEP_MS, load: () => measure(ctx) });

/** Reads the replica where there is one. */
async function measure(ctx: SignedInContext): Promise<z.infer<typeof measuresOutput>> {
  const { reports, budgets, removedSteps, jobs: catalogue } = ctx.services;
  const { shopId } = ctx.person;
  const [figures, deliveries, errors, jobs, clock] = await Promise.all([
    reports.rows<Figures>('measure-budgets', FIGURES, [
      shopId,
      budgets.map(({ name }) => name),
      budgets.map(({ type }) => type),
      budgets.map(({ figure }) => figure),
      budgets.map(({ ms }) => ms),
    ]),
    measureDeliveries(reports, shopId),
    countDeliveryErrors(reports, shopId),
    reports.rows<JobFigures>('measure-jobs', JOBS, [shopId]),
    reports.row<{ at: string }>('measure-clock', `select ${iso('now()')} as at`),
  ]);
  const figuresOf = new Map(figures.map((row) => [row.name, row]));
  return {
    at: clock!.at,
    budgets: budgets.map(({ name, title, before = null, ms }) => {
      const { count = 0, p50 = null, p95 = null, worst = null, over = 0 } = figuresOf.get(name) ?? {};
      return { name, title, before, budgetMs: ms, count, p50, p95, worst, over };
    }),
    removedSteps: [...removedSteps],
    deliveries,
    errors,
    jobs: jobs.map((row) => ({ ...row, title: jobTitle(catalogue, row.name) })),
  };
}
