import { type Entry, type Listened, only, type Struck } from '../entry.ts';
import type { Line } from '../history.ts';
import { atMost, none, timed, type Verdict } from '../verdict.ts';

type Heard = Listened['heard'][number];

/**
 * What each listener is owed over all its connections: every event of the record, once, in an order that never goes
 * back.
 */
export function checkLive(entries: readonly Entry[]): Verdict[] {
  const recorded = only(entries, 'recorded').flatMap(({ events }) => events);
  const subjects = new Map(recorded.map(({ seq, subject }) => [seq, subject]));
  const connections = Map.groupBy(only(entries, 'listened'), ({ listener }) => listener);
  const listeners = [...connections].map(([name, lines]) => ({ name, heard: lines.flatMap((line) => line.heard) }));
  const known = (heard: readonly Heard[]) => heard.filter(({ seq }) => subjects.has(seq));

  const gaps = listeners.flatMap(({ name, heard }) => {
    const has = new Set(heard.map(({ seq }) => seq));
    const missed = recorded.filter(({ seq }) => !has.has(seq));
    return missed.length > 0 ? [`${name} missed ${missed.length}, first ${missed[0]!.seq}`] : [];
  });
  const repeats = listeners.flatMap(({ name, heard }) => {
    const twice = heard.length - new Set(heard.map(({ seq }) => seq)).size;
    return twice > 0 ? [`${name} heard ${twice} twice`] : [];
  });
  const backwards = listeners.filter(({ heard }) => heard.some(({ id }, i) => i > 0 && !isAfter(id, heard[i - 1]!.id)));
  const uncaused = listeners.filter(({ heard }) => goesBackWithinSubject(known(heard), subjects));
  const resets = only(entries, 'listened').filter(({ signals }) => signals.includes('reset'));
  return [
    none('listeners with a gap', gaps),
    none('listeners who heard something twice', repeats),
    none(
      'listeners whose ids do not strictly increase',
      backwards.map(({ name }) => name),
    ),
    none(
      'listeners who heard an effect before its cause',
      uncaused.map(({ name }) => name),
    ),
    none(
      'listeners told to begin anew',
      resets.map(({ listener }) => listener),
    ),
  ];
}

/**
 * How long readers wait for their stream while there is a server to give it, from its loss to its greeting: 95 of 100.
 */
export function checkResume(lines: readonly Line[], mostSeconds: number): Verdict {
  const struck = only(lines, 'struck') as (Struck & { at: number })[];
  const begun = struck.filter(({ phase }) => phase === 'begun');
  const done = struck.filter(({ phase }) => phase === 'done');
  const outages = begun.map(({ at }, i) => ({ from: at, to: done[i]?.at ?? Number.POSITIVE_INFINITY }));
  const waits = only(lines, 'listened').flatMap(({ lostAt, greetedAt }) => {
    if (lostAt === undefined || greetedAt === undefined) return [];
    const outOf = outages.map(({ from, to }) => Math.max(0, Math.min(to, greetedAt) - Math.max(from, lostAt)));
    return [greetedAt - lostAt - outOf.reduce((sum, ms) => sum + ms, 0)];
  });
  const sorted = waits.toSorted((one, other) => one - other);
  const ms = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.POSITIVE_INFINITY;
  return timed(atMost('resumed, s (95 of 100)', ms / 1_000, mostSeconds));
}

/** Ids are places, `from~to~seq~time`: a later batch ends at a later snapshot, and within a batch the numbers grow. */
function isAfter(id: string, before: string): boolean {
  const [one, other] = [placeOf(id), placeOf(before)];
  if (one.to === other.to) return one.seq > other.seq;
  return one.xmax >= other.xmax && one.xmin >= other.xmin;
}

function placeOf(id: string): { to: string; xmin: number; xmax: number; seq: number } {
  const [, to = '', seq = '0'] = id.split('~');
  const [xmin, xmax] = to.split(':').map(Number);
  return { to, xmin: xmin ?? 0, xmax: xmax ?? 0, seq: Number(seq) };
}

function goesBackWithinSubject(heard: readonly Heard[], subjects: ReadonlyMap<number, string>): boolean {
  const last = new Map<string, number>();
  return heard.some(({ seq }) => {
    const subject = subjects.get(seq)!;
    const before = last.get(subject) ?? 0;
    last.set(subject, seq);
    return seq < before;
  });
}
