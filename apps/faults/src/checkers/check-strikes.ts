import { type Entry, only } from '../entry.ts';
import { exactly, none, type Verdict } from '../verdict.ts';

/** That the harm was done, and that nothing ended but by it. */
export function checkStrikes(entries: readonly Entry[], wanted: Readonly<Record<string, number>>): Verdict[] {
  const struck = only(entries, 'struck').filter(({ phase }) => phase === 'done');
  const died = only(entries, 'died');
  return [
    ...Object.entries(wanted).map(([how, count]) =>
      exactly(how, struck.filter((line) => line.how === how).length, count),
    ),
    none(
      'processes that ended by themselves',
      died.map(({ program, how }) => `${program}: ${how}`),
    ),
  ];
}
