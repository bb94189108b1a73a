import { TRPCError } from '@trpc/server';
import { NoTurn } from '@windlass/auth/hash-turns';

/**
 * SQLSTATE classes: connection lost (08), operator intervention such as a restart (57P), insufficient resources (53).
 */
const UNAVAILABLE = /^(08|57P|53)/;
/** Sockets that failed; lock not available; statement cancelled by its timeout. */
const CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '55P03', '57014'];
/** The driver's own words: it has no codes. */
const DRIVER = /timeout exceeded when trying to connect|Connection terminated|is not queryable|Query read timeout/;

/**
 * The database is away, starting, stopping, or has no connection free within its limit, or too many passwords wait:
 * worth another try in a second.
 */
export function isOverload(thrown: unknown): boolean {
  const error = thrown instanceof TRPCError ? thrown.cause : thrown;
  if (!(error instanceof Error)) return false;
  if (error instanceof NoTurn) return true;
  const { code } = error as Error & { code?: string };
  return (code !== undefined && (UNAVAILABLE.test(code) || CODES.includes(code))) || DRIVER.test(error.message);
}
