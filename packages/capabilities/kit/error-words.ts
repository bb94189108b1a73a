import { TRPCClientError } from '@trpc/client';

export type ErrorWords = { sentence: string; requestId: string | undefined; fields: Record<string, string> };

/** A failed call in words for the screen: the server's own sentence, or that it cannot be reached. */
export function wordsOf(error: unknown): ErrorWords {
  if (error instanceof TRPCClientError && error.data) {
    const { message, requestId, fields } = error.data as { message: string; requestId?: string; fields?: Record<string, string> };
    return { sentence: message, requestId, fields: fields ?? {} };
  }
  return { sentence: 'The server cannot be reached.', requestId: undefined, fields: {} };
}
