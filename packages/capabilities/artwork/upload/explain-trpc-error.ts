import { TRPCClientError } from '@trpc/client';
import type { ErrorAnswer } from '../../kit/refusal.ts';
import { answeredError } from './upload-calls.ts';

/**
 * What an upload's call over tRPC throws for this: what the server answered, in its words; everything else is a line
 * that broke.
 */
export function explainTrpcError(error: unknown): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  const answer = (error.data as ErrorAnswer | undefined) ?? houseAnswer(error.meta);
  return answer ? answeredError(answer) : error;
}

/** Refused before it came to tRPC, such as by a server that is too busy: the house's one form of error. */
function houseAnswer(meta: Record<string, unknown> | undefined): ErrorAnswer | undefined {
  const { error } = (meta?.['responseJSON'] ?? {}) as { error?: Partial<ErrorAnswer> };
  return typeof error?.code === 'string' && typeof error.message === 'string' ? (error as ErrorAnswer) : undefined;
}
