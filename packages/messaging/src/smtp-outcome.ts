import type { SmtpCode } from './smtp-code.ts';

/** One line of the SMTP conversation. `at` counts milliseconds from the call of send. */
export type ConversationLine = { at: number; who: 'client' | 'server'; line: string };

/**
 * Milliseconds spent, as far as the send came. `connect` is missing on a reused connection; `commands` runs from the
 * first command to the 354, `data` from there to the last byte, `reply` from the dot to the answer. Waiting for the
 * commit hook is the caller's time and is not counted.
 */
export type SendPhases = { connect?: number; commands?: number; data?: number; reply?: number };

/** What an operator needs to understand and mend a failure. */
export type SmtpFailure = {
  code: SmtpCode;
  /** The reply code, when the server gave one. */
  smtpCode?: number;
  /** RFC 3463 status such as 5.1.1, when the reply carried one. */
  enhancedCode?: string;
  sentence: string;
  hint: string;
  conversation: ConversationLine[];
  phases: SendPhases;
  /** No session with the server could be had: any other message would have met the same. */
  away: boolean;
};

/**
 * What became of one send.
 * `accepted`: the server answered 250 after the dot. `not-sent`: it provably did not take the message; sending again is
 * safe.
 * `rejected`: it refused this message for good. `unknown`: the dot went out and no answer came back that settles it;
 * the message may have arrived.
 */
export type SendOutcome =
  | { kind: 'accepted'; response: string; phases: SendPhases; conversation: ConversationLine[] }
  | ({ kind: 'not-sent'; retryable: true; cause?: unknown } & SmtpFailure)
  | ({ kind: 'rejected'; permanent: true } & SmtpFailure)
  | ({ kind: 'unknown' } & SmtpFailure);

export type VerifyOutcome = { ok: true; conversation: ConversationLine[] } | ({ ok: false } & SmtpFailure);
