import type { SendStage } from './classify-smtp-failure.ts';
import type { SmtpCode } from './smtp-code.ts';

/** About our account, whenever the server says so: RFC 4954 lets it answer MAIL with them. */
const OF_OUR_ACCOUNT: readonly SmtpCode[] = ['SMTP_AUTH', 'SMTP_AUTH_LATER', 'SMTP_TLS_NEEDED'];
/** Ours, not the server's. */
const OF_OURSELVES: readonly SmtpCode[] = [
  'SMTP_ABORTED',
  'SMTP_SENDER_CLOSED',
  'SMTP_COMMIT_REFUSED',
  'SMTP_MESSAGE_INVALID',
];

/** Whether a send failed because no session could be had: nobody there, no greeting, no encryption, no sign-in. */
export const isServerAway = (stage: SendStage, code: SmtpCode): boolean =>
  OF_OUR_ACCOUNT.includes(code) || ((stage === 'queued' || stage === 'connect') && !OF_OURSELVES.includes(code));

/**
 * A session that broke off, or a server that ends them: one message may have caused it, many in a row were not the
 * reason.
 */
const BROKEN_OFF: ReadonlySet<SmtpCode> = new Set([
  'SMTP_BUSY',
  'SMTP_TIMEOUT',
  'SMTP_CLOSED',
  'SMTP_CUT_IN_DATA',
  'SMTP_CUT_AFTER_DOT',
  'SMTP_SILENT_AFTER_DOT',
] satisfies SmtpCode[]);

export const isSessionBroken = (code: SmtpCode): boolean => BROKEN_OFF.has(code);
