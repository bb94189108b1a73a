import { TRPCClientError } from '@trpc/client';

export type ErrorWords = {
  sentence: string;
  requestId: string | undefined;
  fields: Record<string, string>;
  /** The server has decided: asking again gets the same answer. */
  refused: boolean;
};

const passing = ['BUSY', 'INTERNAL', 'STORAGE_AWAY'];

/** A failed call in words for the screen: the server's own sentence, or that it cannot be reached. */
export function wordsOf(error: unknown): ErrorWords {
  if (error instanceof TRPCClientError && error.data) {
    const { code, message, requestId, fields } = error.data as {
      code: string;
      message: string;
      requestId?: string;
      fields?: Record<string, string>;
    };
    return { sentence: message, requestId, fields: fields ?? {}, refused: !passing.includes(code) };
  }
  return { sentence: 'The server cannot be reached.', requestId: undefined, fields: {}, refused: false };
}
