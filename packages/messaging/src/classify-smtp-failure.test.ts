import { expect, test } from 'vitest';
import { classifySmtpFailure } from './classify-smtp-failure.ts';
import type { SendStage, SmtpError, Verdict } from './classify-smtp-failure.ts';
import { SMTP_WORDS } from './smtp-code.ts';

const answered = (response: string, command = 'RCPT TO'): SmtpError => ({
  code: 'EENVELOPE',
  response,
  responseCode: Number(response.slice(0, 3)),
  command,
});

type Row = [stage: SendStage, error: SmtpError, kind: Verdict['kind'], code: Verdict['code']];

const REPLIES: Row[] = [
  ['commands', answered('421 4.3.2 shutting down'), 'not-sent', 'SMTP_BUSY'],
  ['reply', answered('421 bye', 'DATA'), 'unknown', 'SMTP_PUT_OFF_AFTER_DOT'],
  ['reply', answered('451 4.3.0 Timeout waiting for client input', 'DATA'), 'unknown', 'SMTP_PUT_OFF_AFTER_DOT'],
  ['reply', answered('450 4.2.0 Greylisted', 'DATA'), 'not-sent', 'SMTP_GREYLISTED'],
  [
    'connect',
    { ...answered('421 4.7.0 Too many concurrent SMTP connections', 'CONN'), code: 'EPROTOCOL' },
    'not-sent',
    'SMTP_RATE_LIMITED',
  ],
  [
    'connect',
    { ...answered('432 4.3.2 Concurrent connections limit exceeded', 'CONN'), code: 'EPROTOCOL' },
    'not-sent',
    'SMTP_RATE_LIMITED',
  ],
  ['commands', answered('450 4.2.0 Greylisted, see http://postgrey.schweikert.ch'), 'not-sent', 'SMTP_GREYLISTED'],
  ['commands', answered('451 4.7.1 Please try again later'), 'not-sent', 'SMTP_GREYLISTED'],
  [
    'commands',
    answered('450 4.2.0 <ada@example.com>: Recipient address rejected: try again in 60 seconds'),
    'not-sent',
    'SMTP_GREYLISTED',
  ],
  ['commands', answered('450 4.7.1 rate limit exceeded'), 'not-sent', 'SMTP_RATE_LIMITED'],
  ['commands', answered('450 4.7.1 Error: too much mail from 203.0.113.5'), 'not-sent', 'SMTP_RATE_LIMITED'],
  ['commands', answered('452 4.5.3 Too many recipients'), 'not-sent', 'SMTP_RATE_LIMITED'],
  [
    'commands',
    answered(
      '450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages',
    ),
    'not-sent',
    'SMTP_RATE_LIMITED',
  ],
  [
    'commands',
    answered('450 4.7.1 Client host rejected: cannot find your reverse hostname'),
    'not-sent',
    'SMTP_POLICY_LATER',
  ],
  [
    'commands',
    answered('450 4.1.8 <orders@shop.test>: Sender address rejected: Domain not found', 'RCPT TO'),
    'not-sent',
    'SMTP_SENDER_REFUSED',
  ],
  ['commands', answered('451 4.3.2 System not accepting network messages'), 'not-sent', 'SMTP_BUSY'],
  ['commands', answered('452 4.3.1 Insufficient system storage'), 'not-sent', 'SMTP_NO_ROOM'],
  ['commands', answered('452 Requested action not taken: insufficient system storage'), 'not-sent', 'SMTP_NO_ROOM'],
  ['commands', answered('452 4.3.1 Insufficient system resources', 'MAIL FROM'), 'not-sent', 'SMTP_NO_ROOM'],
  ['commands', answered('431 The server has not enough disk space'), 'not-sent', 'SMTP_NO_ROOM'],
  ['commands', answered('452 4.2.2 The mailbox is out of storage space'), 'not-sent', 'SMTP_MAILBOX_FULL'],
  ['commands', answered('452 4.2.2 over quota'), 'not-sent', 'SMTP_MAILBOX_FULL'],
  ['commands', answered('452 full'), 'not-sent', 'SMTP_MAILBOX_FULL'],
  ['reply', answered('452 4.3.1 disk full', 'DATA'), 'not-sent', 'SMTP_NO_ROOM'],
  ['commands', answered('451 4.3.0 local error'), 'not-sent', 'SMTP_DEFERRED'],
  ['commands', answered('550 5.1.1 no such user'), 'rejected', 'SMTP_MAILBOX_UNKNOWN'],
  ['commands', answered('550 no such user'), 'rejected', 'SMTP_MAILBOX_UNKNOWN'],
  ['commands', answered('553 5.1.3 bad syntax'), 'rejected', 'SMTP_MAILBOX_UNKNOWN'],
  ['commands', answered('550-5.1.1 no such\n550 5.1.1 user'), 'rejected', 'SMTP_MAILBOX_UNKNOWN'],
  ['commands', answered('550 5.2.1 disabled'), 'rejected', 'SMTP_MAILBOX_DISABLED'],
  ['commands', answered('552 5.2.2 over quota'), 'rejected', 'SMTP_MAILBOX_FULL'],
  ['commands', answered('552 over quota'), 'rejected', 'SMTP_MAILBOX_FULL'],
  ['commands', answered('550 5.7.1 relaying denied'), 'rejected', 'SMTP_POLICY'],
  ['reply', answered('554 5.7.1 looks like spam', 'DATA'), 'rejected', 'SMTP_POLICY'],
  ['reply', answered('552 5.3.4 too big', 'DATA'), 'rejected', 'SMTP_TOO_BIG'],
  ['reply', answered('552 too big', 'DATA'), 'rejected', 'SMTP_TOO_BIG'],
  ['reply', answered('554 no', 'DATA'), 'rejected', 'SMTP_REJECTED'],
  ['commands', answered('550 not yours', 'MAIL FROM'), 'rejected', 'SMTP_SENDER_REFUSED'],
  ['commands', answered('553 5.1.8 sender domain', 'RCPT TO'), 'rejected', 'SMTP_SENDER_REFUSED'],
  ['commands', answered('530 5.7.0 authentication required', 'MAIL FROM'), 'not-sent', 'SMTP_AUTH'],
  ['connect', { ...answered('535 5.7.8 bad password', 'AUTH PLAIN'), code: 'EAUTH' }, 'not-sent', 'SMTP_AUTH'],
  ['connect', { code: 'EAUTH' }, 'not-sent', 'SMTP_AUTH'],
  ['connect', { ...answered('454 4.7.0 try later', 'AUTH PLAIN'), code: 'EAUTH' }, 'not-sent', 'SMTP_AUTH_LATER'],
  ['commands', answered('530 5.7.0 Must issue a STARTTLS command first', 'MAIL FROM'), 'not-sent', 'SMTP_TLS_NEEDED'],
  [
    'connect',
    { ...answered('538 5.7.11 Encryption required', 'AUTH PLAIN'), code: 'EAUTH' },
    'not-sent',
    'SMTP_TLS_NEEDED',
  ],
  [
    'connect',
    { ...answered('454 4.7.0 TLS not available due to temporary reason', 'STARTTLS'), code: 'ETLS' },
    'not-sent',
    'SMTP_TLS_REFUSED',
  ],
  [
    'connect',
    { ...answered('554 5.7.3 Unable to initialize security subsystem', 'STARTTLS'), code: 'ETLS' },
    'not-sent',
    'SMTP_TLS_REFUSED',
  ],
  ['connect', { ...answered('502 no', 'STARTTLS'), code: 'ETLS' }, 'not-sent', 'SMTP_TLS_MISSING'],
  [
    'connect',
    { ...answered('500 5.0.0 command not understood', 'STARTTLS'), code: 'ETLS' },
    'not-sent',
    'SMTP_TLS_MISSING',
  ],
  ['connect', { ...answered('502 5.5.1 not here', 'EHLO'), code: 'ECONNECTION' }, 'not-sent', 'SMTP_TLS_MISSING'],
  [
    'connect',
    { ...answered('554 no SMTP service here', 'CONN'), code: 'EPROTOCOL' },
    'not-sent',
    'SMTP_SERVICE_REFUSED',
  ],
  ['commands', answered('503 out of order', 'MAIL FROM'), 'not-sent', 'SMTP_PROTOCOL'],
  ['connect', { ...answered('200 hello', 'CONN'), code: 'EPROTOCOL' }, 'not-sent', 'SMTP_PROTOCOL'],
  ['reply', { ...answered('354 again', 'DATA'), code: 'EMESSAGE' }, 'unknown', 'SMTP_PROTOCOL'],
];

const SILENCES: Row[] = [
  ['connect', { code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, 'not-sent', 'SMTP_REFUSED'],
  ['connect', { code: 'EDNS', originalCode: 'ENOTFOUND' }, 'not-sent', 'SMTP_DNS'],
  ['connect', { code: 'ESOCKET', originalCode: 'ENOTFOUND' }, 'not-sent', 'SMTP_DNS'],
  ['connect', { code: 'ESOCKET', originalCode: 'EHOSTUNREACH' }, 'not-sent', 'SMTP_UNREACHABLE'],
  ['connect', { code: 'ESOCKET', originalCode: 'ETIMEDOUT' }, 'not-sent', 'SMTP_CONNECT_TIMEOUT'],
  ['connect', { code: 'ETIMEDOUT', timeoutType: 'CONNECT_TIMEOUT' }, 'not-sent', 'SMTP_CONNECT_TIMEOUT'],
  ['connect', { code: 'ETIMEDOUT', timeoutType: 'GREETING_TIMEOUT' }, 'not-sent', 'SMTP_GREETING_TIMEOUT'],
  ['connect', { code: 'ETIMEDOUT', timeoutType: 'UPGRADE_TIMEOUT' }, 'not-sent', 'SMTP_TLS'],
  ['connect', { code: 'ETLS' }, 'not-sent', 'SMTP_TLS'],
  ['connect', { code: 'ESOCKET', originalCode: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'not-sent', 'SMTP_TLS'],
  ['connect', { code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'not-sent', 'SMTP_TLS'],
  ['connect', { code: 'ECONNECTION' }, 'not-sent', 'SMTP_CLOSED'],
  ['commands', { code: 'ETIMEDOUT', timeoutType: 'SOCKET_TIMEOUT' }, 'not-sent', 'SMTP_TIMEOUT'],
  ['commands', { code: 'ESOCKET', originalCode: 'ECONNRESET' }, 'not-sent', 'SMTP_CLOSED'],
  ['commands', { code: 'EABORT' }, 'not-sent', 'SMTP_ABORTED'],
  ['data', { code: 'ECONNECTION' }, 'not-sent', 'SMTP_CUT_IN_DATA'],
  ['data', { code: 'ETIMEDOUT', timeoutType: 'SOCKET_TIMEOUT' }, 'not-sent', 'SMTP_TIMEOUT'],
  ['reply', { code: 'ETIMEDOUT', timeoutType: 'SOCKET_TIMEOUT' }, 'unknown', 'SMTP_SILENT_AFTER_DOT'],
  ['reply', { code: 'ECONNECTION' }, 'unknown', 'SMTP_CUT_AFTER_DOT'],
  ['reply', { code: 'ESOCKET', originalCode: 'ECONNRESET' }, 'unknown', 'SMTP_CUT_AFTER_DOT'],
  ['reply', {}, 'unknown', 'SMTP_CUT_AFTER_DOT'],
];

test.each([...REPLIES, ...SILENCES])('%s, %o is %s as %s', (stage, error, kind, code) => {
  expect(classifySmtpFailure(stage, error)).toEqual({ kind, code });
});

test('after the dot, whatever ends the connection without a reply is unknown', () => {
  for (const [, error] of SILENCES) {
    if (error.code !== 'EAUTH') expect(classifySmtpFailure('reply', error).kind).toBe('unknown');
  }
});

test('before the dot, nothing is ever unknown', () => {
  for (const stage of ['queued', 'connect', 'commands', 'commit', 'data'] as const) {
    for (const [, error] of [...REPLIES, ...SILENCES])
      expect(classifySmtpFailure(stage, error).kind).not.toBe('unknown');
  }
});

test('every reply from 400 to 599 has a verdict: 4xx never final, 5xx final but for sign-in and sequence', () => {
  for (let smtp = 400; smtp < 600; smtp += 1) {
    const { kind } = classifySmtpFailure('commands', answered(`${smtp} text`));
    const ours = [503, 530, 534, 535, 538].includes(smtp);
    expect(kind, String(smtp)).toBe(smtp < 500 || ours ? 'not-sent' : 'rejected');
  }
});

test('every code is either reached from the table or set by the sender itself', () => {
  const reached = new Set([...REPLIES, ...SILENCES].map(([, , , code]) => code));
  const bySender = ['SMTP_COMMIT_REFUSED', 'SMTP_SENDER_CLOSED', 'SMTP_MESSAGE_INVALID'];
  expect(
    Object.keys(SMTP_WORDS)
      .filter((code) => !reached.has(code as Verdict['code']))
      .toSorted(),
  ).toEqual(bySender.toSorted());
});
