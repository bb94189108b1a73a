import type { BenchmarkName, Figure } from '../benchmark.ts';
import { misses } from '../misses.ts';
import { targets } from '../targets.ts';
import { formatAmount, formatSpread, formatTarget, formatVerdict } from './format-figure.ts';
import type { Circumstances } from './describe-run.ts';
import { judge } from './judge.ts';
import type { Result } from './results.ts';

export type Chapter = { name: BenchmarkName; what: string; result: Result | undefined };

/** docs/performance.md. What has not run here says so. */
export function renderPage(chapters: readonly Chapter[]): string {
  const measured = chapters.flatMap(({ result }) => result?.figures ?? []).filter(({ target }) => target !== undefined);
  const met = measured.filter(({ amount, target }) => judge(amount.value, target!).met).length;
  return [
    '# Performance',
    '',
    '<!-- Written by `npm run bench`. Change apps/bench instead. -->',
    '',
    'Each workload is measured on the real programs beside its twin, the least that could do the same, in the same run and in turn ' +
      '(A B A B). A ratio is the median of the rounds’ own ratios, in brackets the least and the most.',
    '',
    `${met} of ${measured.length} targets met. \`npm run bench -- NAME\` measures one again, \`--seed N\` with other data, \`--profile\` leaves ` +
      'CPU profiles in `test-results/profiles`.',
    '',
    ...chapters.flatMap(renderChapter),
  ].join('\n');
}

function renderChapter({ name, what, result }: Chapter): string[] {
  if (!result) return [`## ${name}`, '', what, '', 'Not measured yet.', ''];
  const { figures } = result;
  const sentences = new Set(figures.flatMap(({ target }) => (target ? [targets[target].sentence] : [])));
  const ways = figures.flatMap(wayToClose);
  return [
    `## ${name}`,
    '',
    what,
    '',
    ...[...sentences].flatMap((sentence) => [`> ${sentence}`, '']),
    '| figure | measured | beside | target | |',
    '|---|---|---|---|---|',
    ...figures.map(renderRow),
    '',
    ...(ways.length > 0 ? ['What would close the misses:', '', ...ways, ''] : []),
    describe(result.circumstances),
    '',
  ];
}

function renderRow(figure: Figure): string {
  const withSpread = (amount: Figure['amount']) =>
    `${formatAmount(amount)}${formatSpread(amount) && ` (${formatSpread(amount)})`}`;
  const beside = figure.twin ? `${figure.twin.what} ${withSpread(figure.twin.amount)}` : '';
  return `| ${figure.what} | ${withSpread(figure.amount)} | ${beside} | ${formatTarget(figure)} | ${formatVerdict(figure)} |`;
}

function wayToClose({ what, amount, target }: Figure): string[] {
  if (target === undefined || judge(amount.value, target).met) return [];
  return [`* ${what}: ${misses[target] ?? 'not looked into yet.'}`];
}

const describe = (c: Circumstances): string =>
  `*${c.date.replace('T', ' ')} UTC, seed ${c.seed}; ${c.cpu}, ${c.cores} cores, ${c.memoryGb} GB; Node ${c.node}, PostgreSQL ${c.postgres}, ` +
  `${c.redis ? `Redis ${c.redis}` : 'no Redis'}; load average at the start ${c.loadAverage}.*`;
