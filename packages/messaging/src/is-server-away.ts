import type { SmtpCode } from './smtp-code.ts';

/** Failures of the server or the way to it, which the next message would meet just the same. */
const AWAY: ReadonlySet<SmtpCode> = new Set([
  'SMTP_REFUSED', 'SMTP_DNS', 'SMTP_UNREACHABLE', 'SMTP_CONNECT_TIMEOUT', 'SMTP_GREETING_TIMEOUT', 'SMTP_TLS', 'SMTP_AUTH', 'SMTP_SERVICE_REFUSED',
  'SMTP_BUSY', 'SMTP_TIMEOUT', 'SMTP_CLOSED', 'SMTP_CUT_IN_DATA',
] satisfies SmtpCode[]);

export const isServerAway = (code: SmtpCode): boolean => AWAY.has(code);
