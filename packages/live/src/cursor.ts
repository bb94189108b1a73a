/**
 * Where a reader stands in the record. Sequence numbers are handed out before commit, so "seq greater than mine" would
 * skip rows of transactions that commit late. A place is therefore a pair of snapshots: the reader has all that was
 * visible in
 * `from`, and of what became visible up to `to`, all with a sequence number up to `seq`.
 */
export type Cursor = {
  /** pg_snapshot as text, `xmin:xmax:xip,...` */
  from: string;
  to: string;
  seq: number;
  /**
   * When it was handed out, by the database's clock, in ms since the epoch: one older than the record's memory, or than
   * the running database, is refused.
   */
  at: number;
};

const FORM = /^(\d{1,20}:\d{1,20}:[\d,]{0,4000})~(\d{1,20}:\d{1,20}:[\d,]{0,4000})~(\d{1,16})~(\d{1,14})$/;

/** As text; clients get it signed (cursor-signer.ts). */
export const formatCursor = (c: Cursor): string => `${c.from}~${c.to}~${c.seq}~${c.at}`;

/** A cursor out of a client's hands, or undefined for anything we never wrote. */
export function parseCursor(text: string | undefined | null): Cursor | undefined {
  const match = FORM.exec(text ?? '');
  if (!match) return undefined;
  const [, from, to, seq, at] = match as unknown as [string, string, string, string, string];
  if (!validSnapshot(from) || !validSnapshot(to)) return undefined;
  return { from, to, seq: Number(seq), at: Number(at) };
}

/** PostgreSQL's own rules: xmin <= xip... < xmax, ascending; it refuses anything else with an error. */
function validSnapshot(text: string): boolean {
  const [xmin, xmax, list] = text.split(':') as [string, string, string];
  if (!xmin || !xmax || BigInt(xmin) < 1n || BigInt(xmin) > BigInt(xmax) || BigInt(xmax) >= 2n ** 63n) return false;
  if (list === '') return true;
  const running = list.split(',');
  if (running.some((x) => x === '')) return false;
  return running.every(
    (x, i) => BigInt(x) >= BigInt(xmin) && BigInt(x) < BigInt(xmax) && (i === 0 || BigInt(running[i - 1]!) < BigInt(x)),
  );
}
