import { hashToken } from '@windlass/capabilities/artwork/link-token';
import { runSql } from '@windlass/testkit/house/run-sql';
import type { House } from '@windlass/testkit/house/start-house';

const RUN = /[A-Za-z0-9_-]{43,}/g;
const HASHES = `select token_hash as hash from download_link union all select token_hash from artwork_link`;

/**
 * Everything in a text that a customer's page would take for a token of ours: known by its hash, wherever it stands and
 * however it is wrapped.
 */
export async function findTokens(house: House, text: string): Promise<string[]> {
  const known = new Set((await runSql<{ hash: Buffer }>(house, HASHES)).map(({ hash }) => hash.toString('hex')));
  const runs = [...text.matchAll(RUN), ...decoded(text).matchAll(RUN)].map(([run]) => run);
  const pieces = runs.flatMap((run) => Array.from({ length: run.length - 42 }, (_, at) => run.slice(at, at + 43)));
  return [...new Set(pieces)].filter((piece) => known.has(hashToken(piece).toString('hex')));
}

/** Percent-encoded, as in an address inside an address. */
const decoded = (text: string): string =>
  text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
