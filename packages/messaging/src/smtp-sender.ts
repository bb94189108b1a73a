import { createTransport } from 'nodemailer';
import type { MailMessageData, NodemailerError, SendMailOptions } from 'nodemailer';
import { checkMessage } from './check-message.ts';
import type { MailMessage } from './check-message.ts';
import { createCommitStream } from './create-commit-stream.ts';
import { createConversationCapture } from './create-conversation-capture.ts';
import { describeFailure, describeVerdict } from './describe-smtp-failure.ts';
import { parseSmtpUrl } from './parse-smtp-url.ts';
import { enterStage, readPhases, startTrace } from './send-trace.ts';
import { startSendControl } from './start-send-control.ts';
import type { SendControl } from './start-send-control.ts';
import type { SendOutcome, VerifyOutcome } from './smtp-outcome.ts';

export type SmtpSenderOptions = {
  /** smtp:// or smtps://, see parseSmtpUrl. */
  url: string;
  /** Also the most messages under way at once; more wait in a queue. */
  maxConnections: number;
  /** Limit for everything until the session stands: DNS, connecting, greeting, STARTTLS. */
  connectTimeoutMs: number;
  /** Limit for the wait for the greeting; ends earlier where connectTimeoutMs does. */
  greetingTimeoutMs: number;
  /**
   * Limit for any silence, also the one after the dot: 120 s for a relay of our own, 600 s for a foreign host (RFC
   * 5321).
   */
  socketTimeoutMs: number;
  /** Limit for one send as a whole, against a server that trickles. By default connectTimeoutMs and three silences. */
  totalTimeoutMs?: number;
};

export type SendHooks = {
  /**
   * Called once, after the last byte of the message and before the dot: the moment to write down that the message may
   * be out. If it rejects, the connection is cut without a dot. Never called again for this send.
   */
  onCommit: () => Promise<void>;
  /**
   * Stops the send while it is before the commit; from then on it is ignored, because the message may be out.
   */
  signal?: AbortSignal;
};

export type SmtpSender = {
  /** Never rejects: every end is a SendOutcome. Resolves only after onCommit, once called, has settled. */
  send(message: MailMessage, hooks: SendHooks): Promise<SendOutcome>;
  /** Opens one connection of its own, greets and signs in; sends nothing. */
  verify(): Promise<VerifyOutcome>;
  /** Lets messages under way finish, refuses the waiting ones, closes the rest. Does not wait for any of it. */
  close(): void;
};

/** Messages over one connection before it is replaced, so that a long-lived pool follows DNS and load balancing. */
const MAX_MESSAGES_PER_CONNECTION = 100;
/** Our side closes an idle connection well before the five minutes after which a server may (RFC 5321 4.5.3.2). */
const IDLE_MS = 30_000;
/**
 * A message whose kept connection ended is offered anew here: nodemailer does so with the envelope of the first time,
 * and what was said to that.
 */
const MAX_REQUEUES = 0;

type ControlledMail = { windlassControl: SendControl };

/**
 * Sends mail through one pool of SMTP connections. Nothing is connected before the first send or verify. Throws on a
 * bad URL.
 */
export function createSmtpSender(options: SmtpSenderOptions): SmtpSender {
  const totalTimeoutMs = options.totalTimeoutMs ?? options.connectTimeoutMs + 3 * options.socketTimeoutMs;
  const capture = createConversationCapture();
  const transport = createTransport({
    pool: true,
    ...parseSmtpUrl(options.url),
    maxConnections: options.maxConnections,
    maxMessages: MAX_MESSAGES_PER_CONNECTION,
    maxRequeues: MAX_REQUEUES,
    idleTimeout: Math.min(IDLE_MS, options.socketTimeoutMs),
    dnsTimeout: options.connectTimeoutMs,
    connectionTimeout: options.connectTimeoutMs,
    greetingTimeout: options.greetingTimeoutMs,
    socketTimeout: options.socketTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: capture.logger,
    transactionLog: true,
    getSocket: capture.getSocket,
  });

  transport.use('stream', (mail, done) => {
    const { windlassControl: control } = mail.data as MailMessageData & ControlledMail;
    const open = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = () =>
      createCommitStream({
        open,
        beforeFirstByte: () => enterStage(control.trace, 'data'),
        beforeDot: control.commit,
        onDot: () => enterStage(control.trace, 'reply'),
      });
    done();
  });

  async function send(input: MailMessage, hooks: SendHooks): Promise<SendOutcome> {
    const trace = startTrace();
    const checked = checkMessage(input);
    if (!checked.ok) {
      return {
        ...describeVerdict(trace, { kind: 'rejected', code: 'SMTP_MESSAGE_INVALID' }),
        sentence: checked.sentence,
      };
    }
    const control = startSendControl({ trace, hooks, totalTimeoutMs });
    try {
      // Each round ends a connection that was kept from earlier messages; at last there is none left but a fresh one.
      for (let kept = options.maxConnections; ; kept -= 1) {
        const outcome = await offer(checked.message, control);
        if (kept === 0 || !wasKeptTooLong(outcome, control)) return outcome;
      }
    } finally {
      control.stop();
    }
  }

  async function offer(message: MailMessage, control: SendControl): Promise<SendOutcome> {
    const { trace } = control;
    const loggedId = message.messageId.slice(1, -1);
    capture.expect(loggedId, trace);
    try {
      const info = await transport.sendMail(toMailOptions(message, control));
      return { kind: 'accepted', response: info.response, phases: readPhases(trace), conversation: trace.conversation };
    } catch (error) {
      await control.committed();
      return describeFailure(control, error as NodemailerError);
    } finally {
      capture.release(loggedId, trace);
    }
  }

  async function verify(): Promise<VerifyOutcome> {
    const trace = startTrace();
    enterStage(trace, 'connect');
    try {
      await capture.record(trace, () => transport.verify());
      return { ok: true, conversation: trace.conversation };
    } catch (error) {
      const nothingSent = { trace, commitError: () => undefined, timedOut: () => false };
      const { kind: _kind, ...failure } = describeFailure(nothingSent, error as NodemailerError);
      return { ok: false, ...failure };
    }
  }

  return { send, verify, close: () => transport.close() };
}

/**
 * The server ended a connection that it had kept for us, before it was offered this message: that says nothing of the
 * message, or of the server.
 */
const wasKeptTooLong = (outcome: SendOutcome, { trace, signal }: SendControl): boolean =>
  outcome.kind === 'not-sent' &&
  !signal.aborted &&
  trace.stage === 'commands' &&
  trace.enteredAt.connect === undefined &&
  (outcome.smtpCode === 421 || outcome.code === 'SMTP_CLOSED');

function toMailOptions(message: MailMessage, control: SendControl): SendMailOptions & ControlledMail {
  return {
    envelope: { from: message.from.address, to: [message.to.address] },
    from: message.from,
    to: message.to,
    ...(message.replyTo && { replyTo: message.replyTo }),
    subject: message.subject,
    text: message.text,
    html: message.html,
    messageId: message.messageId,
    headers: { ...message.headers },
    signal: control.signal,
    windlassControl: control,
  };
}
