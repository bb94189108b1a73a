import { type Entry, type Listened, only, type Recorded } from '../entry.ts';
import { atMost, none, type Verdict } from '../verdict.ts';

type Event = Recorded['events'][number];
/** What a listener had heard, as the stream's ids say it: all of `from`, and of `to` up to `seq`. */
type Place = { from: Snapshot; to: Snapshot; seq: number };
type Snapshot = { xmin: bigint; xmax: bigint; running: ReadonlySet<bigint> };
/** Connections of one listener of which each went on where the one before had ended. */
type Segment = { listener: string; start: Place; end: Place | undefined; heard: Set<number> };

/**
 * What a listener is owed that moves between releases, which do not know each other's places: told to begin anew, it
 * fetches everything, and between two such words it hears every event, once. The record says each event's transaction.
 */
export function checkLiveSegments(entries: readonly Entry[], mostBeginnings: number): Verdict[] {
  const recorded = only(entries, 'recorded').flatMap(({ events }) => events);
  const listeners = [...Map.groupBy(only(entries, 'listened'), ({ listener }) => listener)];
  const segments = listeners.flatMap(([, lines]) => toSegments(lines));
  const gaps = segments.flatMap(({ listener, start, end, heard }) => {
    const missed = recorded.filter(
      (event) => !covers(start, event) && (end === undefined || covers(end, event)) && !heard.has(event.seq),
    );
    return missed.length > 0 ? [`${listener} missed ${missed.length}, first ${missed[0]!.seq}`] : [];
  });
  const repeats = listeners.flatMap(([name, lines]) => {
    const seqs = lines.flatMap(({ heard }) => heard.map(({ seq }) => seq));
    const twice = seqs.length - new Set(seqs).size;
    return twice > 0 ? [`${name} heard ${twice} twice`] : [];
  });
  const beginnings = listeners.map(([, lines]) => lines.filter(({ signals }) => signals.includes('reset')).length);
  return [
    none('listeners with a gap', gaps),
    none('listeners who heard something twice', repeats),
    atMost('times one listener was told to begin anew', Math.max(0, ...beginnings), mostBeginnings),
  ];
}

function toSegments(lines: readonly Listened[]): Segment[] {
  const segments: Segment[] = [];
  for (const { listener, heard, signals, greeting, last } of lines) {
    const present = segments.at(-1);
    if (greeting !== undefined && (present === undefined || signals.includes('reset')))
      segments.push({ listener, start: placeOf(greeting), end: undefined, heard: new Set() });
    const segment = segments.at(-1);
    for (const { seq } of heard) segment?.heard.add(seq);
    if (segment && last !== undefined) segment.end = placeOf(last);
  }
  // Nobody left before all was over: the last one is owed the whole rest.
  return segments.map((segment, i) => (i === segments.length - 1 ? { ...segment, end: undefined } : segment));
}

const covers = ({ from, to, seq }: Place, event: Event): boolean => {
  const xid = BigInt(event.xid!);
  return sees(from, xid) || (sees(to, xid) && event.seq <= seq);
};
const sees = ({ xmin, xmax, running }: Snapshot, xid: bigint): boolean =>
  xid < xmin || (xid < xmax && !running.has(xid));

/** Ids are `from~to~seq~time`, in this release with a signature behind. */
function placeOf(id: string): Place {
  const [from = '', to = '', seq = '0'] = id.split('~');
  return { from: snapshotOf(from), to: snapshotOf(to), seq: Number(seq) };
}

function snapshotOf(text: string): Snapshot {
  const [xmin = '0', xmax = '0', running = ''] = text.split(':');
  return {
    xmin: BigInt(xmin),
    xmax: BigInt(xmax),
    running: new Set(running.split(',').filter(Boolean).map(BigInt)),
  };
}
