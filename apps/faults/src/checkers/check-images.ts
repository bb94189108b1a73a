import { type Entry, figureOf, only, type Output, type Pictured } from '../entry.ts';
import { atLeast, atMost, exactly, none, timed, told, type Verdict } from '../verdict.ts';

/** Figures that the run takes; MB are 10^6 bytes. */
export const FIGURES = {
  growth: 'growth of the worker’s memory, MB',
  childPeak: 'most memory of a decoding child, MB',
  childPeakOwn: 'the same as the pipeline itself saw it, MB',
  kills: 'decoding children killed',
  leftBehind: 'files left in the temporary folder',
  leftRunning: 'processes left after closing',
} as const;

/** What a worker is owed that is given 10,000 files by people who wish it ill, and by some who do not. */
export function checkImages(entries: readonly Entry[], { files }: { files: number }): Verdict[] {
  const all = only(entries, 'pictured');
  const rendered = all.filter(({ answer }) => answer === 'rendered');
  const good = all.filter(({ mustBeRefused }) => mustBeRefused === false);
  const refused = all.filter(isRefused);
  const structural = refused.filter(({ hidden, mustBeRefused }) => mustBeRefused === true && !hidden);
  const kept = all.filter(({ answer }) => answer === 'kept');
  const outputs = rendered.flatMap((file) => (file.outputs ?? []).map((output) => ({ file, output })));
  const which = (found: { file: Pictured; output: Output }[]) =>
    found.map(({ file, output }) => `${nameOf(file)} ${output.name}`);
  const figure = (name: string) => figureOf(entries, name);
  return [
    exactly('files given', new Set(all.map(({ number }) => number)).size, files),
    none(
      'crashes of the worker',
      only(entries, 'died').map(({ program, how }) => `${program}: ${how}`),
    ),
    none('files without an answer', namesOf(all.filter(({ answer }) => answer === undefined))),
    none('answers that are no refusal but an error', namesOf(all.filter(({ answer }) => answer?.startsWith('ERROR')))),
    timed(atMost('longest wait for an answer, s', Math.max(0, ...all.map(({ ms }) => ms)) / 1_000, 10)),
    atMost(FIGURES.growth, figure(FIGURES.growth), 100),
    atMost(FIGURES.childPeak, figure(FIGURES.childPeak), 400),
    atLeast(
      'refused before decoding, of those refused whose fault their structure shows, %',
      shareBefore(structural),
      99,
    ),
    told('refused before decoding, of all refused, %', shareBefore(refused)),
    none(
      'files rendered that had to be refused',
      namesOf(rendered.filter(({ mustBeRefused }) => mustBeRefused === true)),
    ),
    none('files kept unopened under a kind they are not', namesOf(kept.filter(({ mayBeKept }) => !mayBeKept))),
    none('good pictures not rendered', namesOf(good.filter(({ answer }) => answer !== 'rendered'))),
    none('good pictures rendered in another size', which(outputs.filter(({ file, output }) => !fits(file, output)))),
    none(
      'outputs that cannot be opened',
      which(outputs.filter(({ output }) => output.width === null || output.height === null)),
    ),
    none('pictures rendered to nothing', namesOf(rendered.filter((file) => !file.outputs?.length))),
    none('outputs larger than their bound', which(outputs.filter(({ output }) => isTooLarge(output)))),
    none(
      'outputs with metadata or payload of their original',
      which(outputs.filter(({ output }) => output.carries.length > 0)),
    ),
    // A worker that died over a file is told above; what it could not clear away is no second fault.
    none(
      'files left beside the outputs',
      namesOf(all.filter(({ answer, left }) => answer !== undefined && left.length > 0)),
    ),
    atMost(FIGURES.leftBehind, figure(FIGURES.leftBehind), 0),
    atMost(FIGURES.leftRunning, figure(FIGURES.leftRunning), 0),
    atLeast('good pictures among the files, %', (100 * good.length) / Math.max(1, all.length), 5),
    told('answered', `${rendered.length} rendered, ${refused.length} refused, ${kept.length} kept unopened`),
    told('refused by the decoder', refused.filter(({ by }) => by === 'decoder').length),
    told(FIGURES.kills, figure(FIGURES.kills)),
    told(FIGURES.childPeakOwn, Math.round(figure(FIGURES.childPeakOwn))),
  ];
}

const nameOf = ({ number, family, mutation }: Pictured): string => `${number} ${family} ${mutation}`;
const namesOf = (files: readonly Pictured[]): string[] => files.map(nameOf);

const isRefused = ({ answer }: Pictured): boolean =>
  answer !== undefined && answer !== 'rendered' && answer !== 'kept' && !answer.startsWith('ERROR');

/** In percent, cut after the first decimal: 98.96 is not 99. */
function shareBefore(refused: readonly Pictured[]): number {
  const before = refused.filter(({ by }) => by === 'kind' || by === 'structure').length;
  return Math.floor((1_000 * before) / refused.length) / 10;
}

/**
 * The original's sides, made smaller alike until the longest is within what was asked for; a pixel may be lost to
 * rounding.
 */
function fits({ shown }: Pictured, { within, width, height }: Output): boolean {
  if (!shown || width === null || height === null) return true;
  const scale = Math.min(1, within / Math.max(shown.width, shown.height));
  const near = (seen: number, wanted: number) => Math.abs(seen - Math.max(1, wanted * scale)) <= 1;
  return near(width, shown.width) && near(height, shown.height);
}

/** A picture of noise takes some three bytes a pixel; what takes more is not all picture. */
const isTooLarge = ({ within, width, height, bytes }: Output): boolean =>
  (width ?? 0) > within || (height ?? 0) > within || bytes > 4_096 + 4 * (width ?? 0) * (height ?? 0);
