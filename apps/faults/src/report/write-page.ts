import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isKept, type Result } from '../result.ts';
import { root } from '../stack/start-program.ts';

const PAGE = path.join(root, 'docs', 'reliability.md');

const HEAD = `# Reliability, measured

Written by \`npm run faults\`; do not edit. Each run starts real processes (server, workers, PostgreSQL, Redis where it is the engine, a mail
server), harms them by a seed, writes what happened into a history, and judges that history afterwards. \`npm run faults -- NAME --engine
redis --seed 1\` repeats one; the tests run each of them in a smaller size.
`;

/** Writes docs/reliability.md from results alone, and answers where. */
export function writePage(results: readonly Result[]): string {
  fs.writeFileSync(PAGE, describeResults(results, machine()));
  return path.relative(root, PAGE);
}

/** "2 cores (AMD EPYC), 23 GB, linux x64, Node v24.21.0" */
function machine(): string {
  const [cpu] = os.cpus();
  const gigabytes = Math.round(os.totalmem() / 2 ** 30);
  return `${os.availableParallelism()} cores (${cpu?.model.trim() ?? 'unknown'}), ${gigabytes} GB, ${os.platform()} ${os.arch()}, Node ${process.version}`;
}

/** The page: one table of all runs, then each with its figures. */
export function describeResults(results: readonly Result[], on: string): string {
  const runs = Map.groupBy(results, ({ name }) => name);
  const facts = `\nMachine: ${on}. Date: ${results[0]?.begun.slice(0, 10) ?? 'never'}.\n`;
  const rows = results.map((result) => {
    const kept = result.verdicts.filter((verdict) => verdict.kept).length;
    const outcome = `${isKept(result) ? 'kept' : '**broken**'} (${kept} of ${result.verdicts.length})`;
    return `| ${result.row} | [${result.name}](#${result.name}) | ${result.engine} | ${outcome} | ${result.seconds} s |`;
  });
  const table = `\n| row | run | engine | promises | took |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  return `${HEAD}${facts}${table}${[...runs.values()].map(describeRun).join('')}`;
}

function describeRun(results: readonly Result[]): string {
  const [first] = results;
  if (!first) return '';
  const head = `\n## ${first.name}\n\n${first.promise}.\n\nSize: ${describeSize(first.size)}; seed ${first.seed}. ${first.caveat}\n`;
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
