import type { SmtpCode } from './smtp-code.ts';

/** How far a send came. From `reply` on the dot may be with the server. */
export type SendStage = 'queued' | 'connect' | 'commands' | 'data' | 'commit' | 'reply';

/** What nodemailer tells about a failure; the fields are those of its NodemailerError. */
export type SmtpError = {
  code?: string | undefined;
  originalCode?: string | undefined;
  timeoutType?: string | undefined;
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
};

export type Reply = { smtp: number; enhanced: string; text: string; command: string };
export type Verdict = { kind: 'not-sent' | 'rejected' | 'unknown'; code: SmtpCode };

type ReplyRow = { code: SmtpCode; when: (reply: Reply) => boolean };

const atRecipient = (reply: Reply) => reply.command.startsWith('RCPT');
const atSender = (reply: Reply) => reply.command.startsWith('MAIL');
const subject = (reply: Reply) => reply.enhanced.slice(2);

/** Without an enhanced code. */
const plain = (reply: Reply, smtp: number) => reply.smtp === smtp && reply.enhanced === '';
const TOO_MUCH =
  /rate.?limit|too (many|much)|throttl|limit (exceeded|reached)|(sending|message|connection)s? (quota|limit)|at a rate|unusual rate|slow down/i;
const COME_BACK = /later|again|temporar|minute|second|wait|delay/i;

/**
 * First match wins. What the enhanced code says goes before what the plain code suggests, since servers reuse 550 for
 * everything.
 */
const REPLY_ROWS: readonly ReplyRow[] = [
  { code: 'SMTP_MAILBOX_FULL', when: (r) => subject(r) === '2.2' },
  { code: 'SMTP_NO_ROOM', when: (r) => r.smtp === 431 || (r.smtp < 500 && subject(r) === '3.1') },
  { code: 'SMTP_GREYLISTED', when: (r) => r.smtp < 500 && /gr[ae]y-?list/i.test(r.text) },
  { code: 'SMTP_RATE_LIMITED', when: (r) => r.smtp < 500 && TOO_MUCH.test(r.text) },
  { code: 'SMTP_BUSY', when: (r) => r.smtp === 421 || (r.smtp < 500 && subject(r) === '3.2') },
  {
    code: 'SMTP_NO_ROOM',
    when: (r) => plain(r, 452) && (!atRecipient(r) || /disk|storage|space|system|resource|memory/i.test(r.text)),
  },
  {
    code: 'SMTP_GREYLISTED',
    when: (r) => (r.smtp === 450 || r.smtp === 451) && ['7.1', '2.0'].includes(subject(r)) && COME_BACK.test(r.text),
  },
  {
    code: 'SMTP_SENDER_REFUSED',
    when: (r) => (r.smtp >= 500 && atSender(r)) || subject(r) === '1.7' || subject(r) === '1.8',
  },
  { code: 'SMTP_POLICY_LATER', when: (r) => r.smtp < 500 && r.enhanced.startsWith('4.7.') },
  { code: 'SMTP_MAILBOX_DISABLED', when: (r) => r.smtp >= 500 && subject(r) === '2.1' },
  { code: 'SMTP_TOO_BIG', when: (r) => r.smtp >= 500 && (subject(r) === '3.4' || subject(r) === '2.3') },
  { code: 'SMTP_POLICY', when: (r) => r.smtp >= 500 && r.enhanced.startsWith('5.7.') },
  { code: 'SMTP_MAILBOX_UNKNOWN', when: (r) => r.smtp >= 500 && r.enhanced.startsWith('5.1.') },
  { code: 'SMTP_MAILBOX_UNKNOWN', when: (r) => atRecipient(r) && [550, 551, 553].includes(r.smtp) },
  { code: 'SMTP_MAILBOX_FULL', when: (r) => atRecipient(r) && (r.smtp === 452 || r.smtp === 552) },
  { code: 'SMTP_TOO_BIG', when: (r) => r.smtp === 552 },
  { code: 'SMTP_DEFERRED', when: (r) => r.smtp < 500 },
  { code: 'SMTP_REJECTED', when: () => true },
];

/** Codes that speak of our own account rather than of the message (RFC 4954). */
const AUTH_REPLIES = [530, 534, 535, 538];
/** To STARTTLS: no such command here. The server never had it, or something on the way took it away. */
const NO_SUCH_COMMAND = [500, 502, 504];
/**
 * After the dot these say why the message was not kept; any other 4xx there was also heard from servers that had kept
 * it.
 */
const CLEAR_REASONS: readonly SmtpCode[] = [
  'SMTP_GREYLISTED',
  'SMTP_RATE_LIMITED',
  'SMTP_MAILBOX_FULL',
  'SMTP_NO_ROOM',
  'SMTP_SENDER_REFUSED',
  'SMTP_POLICY_LATER',
];

/**
 * Decides what became of a send that failed, from how far it came and what ended it.
 *
 * A reply decides where there is one: 4xx and 421 may be tried again, 5xx is final. Two kinds of 5xx are not about this
 * message and therefore not final: a refused sign-in and a refused session, either of which would otherwise condemn
 * every waiting mail at once; 503 says the session was out of step (RFC 5321) and a new connection mends it. A 4xx that
 * answers the dot without a reason is no proof either way: servers that ran out of time have kept the message all the
 * same. Without a reply only the dot matters: before it the server cannot have the message, after it nobody knows.
 */
export function classifySmtpFailure(stage: SendStage, error: SmtpError): Verdict {
  const smtp = error.responseCode ?? 0;
  const isTemporary = smtp >= 400 && smtp < 500;
  const encryption = classifyEncryption(error, smtp);
  if (encryption) return notSent(encryption);
  const isSignIn = error.code === 'EAUTH' || error.code === 'ENOAUTH' || AUTH_REPLIES.includes(smtp);
  if (isSignIn && smtp !== 421) return notSent(isTemporary ? 'SMTP_AUTH_LATER' : 'SMTP_AUTH');
  if (smtp >= 400 && smtp < 600) return classifyReply(stage, readReply(error));
  const isNonsense = smtp > 0 || error.code === 'EPROTOCOL';
  if (stage === 'reply') {
    if (isNonsense) return { kind: 'unknown', code: 'SMTP_PROTOCOL' };
    return { kind: 'unknown', code: error.code === 'ETIMEDOUT' ? 'SMTP_SILENT_AFTER_DOT' : 'SMTP_CUT_AFTER_DOT' };
  }
  return notSent(isNonsense ? 'SMTP_PROTOCOL' : classifySilence(stage, error));
}

/** What a reply says of encryption; undefined: nothing. */
function classifyEncryption(error: SmtpError, smtp: number): SmtpCode | undefined {
  if (AUTH_REPLIES.includes(smtp) && (smtp === 538 || /tls|encrypt|ssl/i.test(error.response ?? '')))
    return 'SMTP_TLS_NEEDED';
  // nodemailer asks for STARTTLS also where it was not offered, and says EHLO where the server knows HELO alone.
  if (error.code === 'ECONNECTION' && error.command === 'EHLO' && smtp >= 500) return 'SMTP_TLS_MISSING';
  if (error.code !== 'ETLS' || smtp < 400) return undefined;
  return NO_SUCH_COMMAND.includes(smtp) ? 'SMTP_TLS_MISSING' : 'SMTP_TLS_REFUSED';
}

function classifyReply(stage: SendStage, reply: Reply): Verdict {
  const code = REPLY_ROWS.find((row) => row.when(reply))?.code ?? 'SMTP_REJECTED';
  if (reply.smtp < 500)
    return stage === 'reply' && !CLEAR_REASONS.includes(code)
      ? { kind: 'unknown', code: 'SMTP_PUT_OFF_AFTER_DOT' }
      : notSent(code);
  if (reply.smtp === 503) return notSent('SMTP_PROTOCOL');
  if (stage === 'queued' || stage === 'connect') return notSent('SMTP_SERVICE_REFUSED');
  return { kind: 'rejected', code };
}

/** The server said nothing useful and the dot had not gone out. */
function classifySilence(stage: SendStage, error: SmtpError): SmtpCode {
  if (error.code === 'EABORT') return 'SMTP_ABORTED';
  if (error.code === 'EDNS') return 'SMTP_DNS';
  if (error.code === 'ETLS' || error.code === 'EREQUIRETLS') return 'SMTP_TLS';
  if (error.code === 'ETIMEDOUT') {
    if (error.timeoutType === 'CONNECT_TIMEOUT') return 'SMTP_CONNECT_TIMEOUT';
    if (error.timeoutType === 'GREETING_TIMEOUT') return 'SMTP_GREETING_TIMEOUT';
    if (error.timeoutType === 'UPGRADE_TIMEOUT') return 'SMTP_TLS';
    return 'SMTP_TIMEOUT';
  }
  switch (error.originalCode) {
    case 'ECONNREFUSED':
      return 'SMTP_REFUSED';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'SMTP_DNS';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return 'SMTP_UNREACHABLE';
    case 'ETIMEDOUT':
      return 'SMTP_CONNECT_TIMEOUT';
    default:
      if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(error.originalCode ?? '')) return 'SMTP_TLS';
      return stage === 'data' || stage === 'commit' ? 'SMTP_CUT_IN_DATA' : 'SMTP_CLOSED';
  }
}

/** The parts of a reply such as `550 5.1.1 No such user`; of several lines the first carries the codes. */
export function readReply(error: SmtpError): Reply {
  const text = error.response ?? '';
  return {
    smtp: error.responseCode ?? 0,
    enhanced: /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? '',
    text,
    command: error.command ?? '',
  };
}

function notSent(code: SmtpCode): Verdict {
  return { kind: 'not-sent', code };
}
