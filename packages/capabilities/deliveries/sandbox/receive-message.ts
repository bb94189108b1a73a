import { setTimeout as wait } from 'node:timers/promises';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { FaultSwitch } from './create-fault-switch.ts';
import type { Mailbox } from './create-mailbox.ts';
import type { MailFault } from './mail-fault.ts';
import { parseMail } from './parse-mail.ts';
import type { Envelope } from './parse-mail.ts';
import { smtpReply } from './smtp-reply.ts';

export type Receiving = {
  stream: SMTPServerDataStream;
  session: SMTPServerSession;
  mailbox: Mailbox;
  faults: FaultSwitch;
  /** Destroys the client's socket. */
  cut: () => void;
  isOpen: () => boolean;
  /** The reply with which this fault refuses a message after its dot; null when it does not. */
  reject: (fault: MailFault) => Error | null;
};

/** Sends the reply. smtp-server writes it to the socket before the callback returns. */
type Answer = (callback: (error?: Error | null, text?: string) => void) => void;

/**
 * Reads one message to its dot and decides the reply.
 *
 * When is a message counted? smtp-server writes `250` synchronously inside its callback, so the message is stored on
 * the next line, in the same tick: nobody can ask for it before the 250 is in the kernel's hands, and nobody who has
 * read the 250 can ask too early. A client that vanished between its dot and the 250 does not undo anything, as with
 * any real server (RFC 1047): the message is stored with `replied: false`.
 */
export async function receiveMessage(receiving: Receiving): Promise<Answer> {
  const { stream, session, mailbox, faults, cut, isOpen } = receiving;
  const envelope = readEnvelope(session);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  // `rejectOversized` has smtp-server answer 552 whatever is said here.
  if (stream.sizeExceeded) return (callback) => callback(smtpReply(552, 'Message too big'));

  const fault = faults.peek(envelope.to);
  if (fault !== null) faults.spend();
  const parsed = await parseMail(Buffer.concat(chunks), envelope);
  if (fault !== null && fault.delayMs > 0) await wait(fault.delayMs);

  const refusal = fault === null ? null : receiving.reject(fault);
  if (refusal !== null) return (callback) => callback(refusal);

  if (fault?.mode === 'cut-after-dot') {
    return () => {
      cut();
      mailbox.add({ ...parsed, receivedAt: new Date().toISOString(), replied: false });
    };
  }
  return (callback) => {
    const replied = isOpen();
    callback(null, `Message accepted as ${parsed.id}`);
    mailbox.add({ ...parsed, receivedAt: new Date().toISOString(), replied });
  };
}

function readEnvelope(session: SMTPServerSession): Envelope {
  const { mailFrom, rcptTo } = session.envelope;
  return { from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map((recipient) => recipient.address) };
}
