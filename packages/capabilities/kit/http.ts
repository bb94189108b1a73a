import type { Machine, Person } from '@windlass/auth/principal';
import type { Logger } from '@windlass/config/logger';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { type ErrorAnswer, Refusal } from './refusal.ts';
import { describeError } from './trpc.ts';
import { isOverload } from './overload.ts';
import { storageTrouble } from './storage-trouble.ts';

/**
 * What apps/server puts on every request before a capability's routes see it; `machine` only behind an API key,
 * `person` only behind a session.
 */
export type HttpEnv = {
  Variables: { requestId: string; log: Logger; startedAt: number; machine: Machine; person: Person };
};

export type HttpRefusal = { status: number; code: string; message: string; fields?: Record<string, string> };

/** `{ error: { code, message, requestId, fields? } }`, the one form of error over HTTP. */
export function answerError(c: Context<HttpEnv>, { status, ...refusal }: HttpRefusal): Response {
  const error: ErrorAnswer = { ...refusal, requestId: c.get('requestId') };
  return c.json({ error }, status as ContentfulStatusCode);
}

const statusOf = (error: TRPCError): number => {
  if (error instanceof Refusal && error.kind === 'gone') return 410;
  return storageTrouble(error)?.status ?? (isOverload(error) ? 503 : getHTTPStatusCodeFromError(error));
};

/** The same for whatever an operation threw. A bug or an outage is logged here and says nothing of its insides. */
export function answerThrown(c: Context<HttpEnv>, thrown: unknown): Response {
  // Hono's own refusals, such as a body that is no JSON.
  if (thrown instanceof HTTPException && thrown.status < 500) {
    return answerError(c, { status: thrown.status, code: 'BAD_REQUEST', message: `${thrown.message}.` });
  }
  const error = thrown instanceof TRPCError ? thrown : new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: thrown });
  const status = statusOf(error);
  if (status >= 500) c.get('log').error({ err: thrown }, 'request failed');
  if (status === 503) c.header('retry-after', '1');
  if (error instanceof Refusal && error.retryAfterSeconds !== undefined)
    c.header('retry-after', String(error.retryAfterSeconds));
  return c.json({ error: describeError(error, c.get('requestId')) }, status as ContentfulStatusCode);
}
