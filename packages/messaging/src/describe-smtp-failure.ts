import type { NodemailerError } from 'nodemailer';
import { classifySmtpFailure, readReply } from './classify-smtp-failure.ts';
import type { SmtpError, Verdict } from './classify-smtp-failure.ts';
import { isServerAway } from './is-server-away.ts';
import { SMTP_WORDS } from './smtp-code.ts';
import { readPhases } from './send-trace.ts';
import type { SendTrace } from './send-trace.ts';
import type { SendControl } from './start-send-control.ts';
import type { SendOutcome, SmtpFailure } from './smtp-outcome.ts';

/** nodemailer's pool has no error code of its own for a message it drops because it was closed. */
const POOL_CLOSED = /^Connection pool was closed/;

/** What is known of a send besides its error. */
export type FailedSend = Pick<SendControl, 'trace' | 'commitError' | 'timedOut'>;

export type FailedOutcome = Exclude<SendOutcome, { kind: 'accepted' }>;

/** Turns the end of a failed send into its outcome. Call after the commit hook has settled. */
export function describeFailure(control: FailedSend, error: NodemailerError): FailedOutcome {
  const { trace } = control;
  const commitError = control.commitError();
  // The hook failed: no dot was given out, whatever else happened to the connection.
  if (commitError !== undefined) {
    return describeVerdict(trace, { kind: 'not-sent', code: 'SMTP_COMMIT_REFUSED' }, { cause: commitError.error });
  }
  if (trace.stage === 'queued' && POOL_CLOSED.test(error.message)) {
    return describeVerdict(trace, { kind: 'not-sent', code: 'SMTP_SENDER_CLOSED' }, { cause: error });
  }
  const facts: SmtpError = control.timedOut() ? { code: 'ETIMEDOUT', timeoutType: 'TOTAL_TIMEOUT' } : error;
  return describeVerdict(trace, classifySmtpFailure(trace.stage, facts), { error: facts, cause: error });
}

/** Puts words, codes, conversation and times to a verdict. */
export function describeVerdict(
  trace: SendTrace,
  verdict: Verdict,
  details: { error?: SmtpError; cause?: unknown } = {},
): FailedOutcome {
  const { smtp, enhanced } = readReply(details.error ?? {});
  const failure: SmtpFailure = {
    code: verdict.code,
    ...(smtp > 0 ? { smtpCode: smtp } : {}),
    ...(enhanced !== '' ? { enhancedCode: enhanced } : {}),
    ...SMTP_WORDS[verdict.code],
    conversation: trace.conversation,
    phases: readPhases(trace),
    away: isServerAway(trace.stage, verdict.code),
  };
  switch (verdict.kind) {
    case 'not-sent':
      return {
        kind: 'not-sent',
        retryable: true,
        ...(details.cause === undefined ? {} : { cause: details.cause }),
        ...failure,
      };
    case 'rejected':
      return { kind: 'rejected', permanent: true, ...failure };
    case 'unknown':
      return { kind: 'unknown', ...failure };
  }
}
