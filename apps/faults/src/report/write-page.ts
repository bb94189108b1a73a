import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isKept, type Result } from '../result.ts';
import { scenarios } from '../scenarios.ts';
import { root } from '../stack/start-program.ts';

const PAGE = path.join(root, 'docs', 'reliability.md');

const HEAD = `# Reliability, measured

Written by \`npm run faults\`; do not edit. Each run starts real processes (server, workers, PostgreSQL, Redis where it is the engine, a mail
server), harms them by a seed, writes what happened into a history, and judges that history afterwards. \`npm run faults -- NAME --engine
redis --seed 1\` repeats one; the tests run each of them in a smaller size.
`;

/** Puts results into docs/reliability.md, and answers where. Of runs without one, what stands there stays. */
export function writePage(results: readonly Result[]): string {
  const page = fs.existsSync(PAGE) ? fs.readFileSync(PAGE, 'utf8') : '';
  fs.writeFileSync(PAGE, describeResults(results, machine(), page));
  return path.relative(root, PAGE);
}

/** "2 cores (AMD EPYC), 23 GB, linux x64, Node v24.21.0" */
function machine(): string {
  const [cpu] = os.cpus();
  const gigabytes = Math.round(os.totalmem() / 2 ** 30);
  return `${os.availableParallelism()} cores (${cpu?.model.trim() ?? 'unknown'}), ${gigabytes} GB, ${os.platform()} ${os.arch()}, Node ${process.version}`;
}

/** What the page says of one run: its lines in the table, and its part below. */
type Part = { name: string; row: number; lines: string[]; text: string };

/** The page: one table of all runs, then each with its figures; those that have no result as `page` has them. */
export function describeResults(results: readonly Result[], on: string, page = ''): string {
  const anew = [...Map.groupBy(results, ({ name }) => name).values()].map(toPart);
  const known = new Set(scenarios.map(({ name }) => name));
  const parts = readParts(page).filter(({ name }) => known.has(name));
  const isWhole = parts.every(({ name }) => anew.some((part) => part.name === name));
  for (const part of anew) {
    const there = parts.findIndex(({ name }) => name === part.name);
    const before = parts.findLastIndex(({ row }) => row <= part.row);
    if (there >= 0) parts.splice(there, 1, part);
    else parts.splice(before + 1, 0, part);
  }
  const facts = `Machine: ${on}. Date: ${results[0]?.begun.slice(0, 10) ?? 'never'}.`;
  const kept = isWhole ? undefined : /^Machine: .*$/m.exec(page)?.[0];
  const rows = parts.flatMap(({ lines }) => lines);
  const table = `\n| row | run | engine | promises | took |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  return `${HEAD}\n${kept ?? facts}\n${table}${parts.map(({ text }) => text).join('')}`;
}

function readParts(page: string): Part[] {
  const lines = page.split('\n');
  return page
    .split(/^(?=## )/m)
    .slice(1)
    .map((text): Part => {
      const name = /^## (\S+)/.exec(text)![1]!;
      const own = lines.filter((line) => line.includes(`| [${name}](#${name}) |`));
      return { name, row: Number(/\d+/.exec(own[0] ?? '')?.[0] ?? 0), lines: own, text: `\n${text.trimEnd()}\n` };
    });
}

function toPart(results: readonly Result[]): Part {
  const { name, row } = results[0]!;
  const lines = results.map((result) => {
    const kept = result.verdicts.filter((verdict) => verdict.kept).length;
    const outcome = `${isKept(result) ? 'kept' : '**broken**'} (${kept} of ${result.verdicts.length})`;
    return `| ${result.row} | [${result.name}](#${result.name}) | ${result.engine} | ${outcome} | ${result.seconds} s |`;
  });
  return { name, row, lines, text: describeRun(results) };
}

function describeRun(results: readonly Result[]): string {
  const [first] = results;
  if (!first) return '';
  const head = `\n## ${first.name}\n\n${first.promise}.\n\nSize: ${describeSize(first.size)}; seed ${first.seed}; ${first.begun.slice(0, 10)}. ${first.caveat}\n`;
  const title = `\n| | promised | ${results.map(({ engine }) => engine).join(' | ')} |\n|---|---|${results.map(() => '---|').join('')}\n`;
  const rows = first.verdicts.map(({ promise, promised }, i) => {
    const cells = results.map(({ verdicts }) => {
      const verdict = verdicts[i];
      return verdict === undefined ? '' : verdict.kept ? verdict.seen : `**${verdict.seen}**`;
    });
    return `| ${promise} | ${promised} | ${cells.join(' | ')} |`;
  });
  return `${head}${title}${rows.join('\n')}\n`;
}

const describeSize = (size: unknown): string =>
  Object.entries(size as Record<string, unknown>)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
