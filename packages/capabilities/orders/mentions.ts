import { names } from '../kit/scrub.ts';

/** Does a message, as it came, name this address (in lower case)? Also where JSON writes letters as codes. */
export function mentions(body: Buffer | null, address: string): boolean {
  if (!body) return false;
  const raw = body.toString('utf8');
  if (names(raw, address)) return true;
  try {
    return names(JSON.stringify(JSON.parse(raw)), address);
  } catch {
    return false; // no JSON: it says what it says
  }
}
