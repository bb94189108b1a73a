import { createFaultSwitch } from '@windlass/capabilities/deliveries/sandbox/create-fault-switch';
import { createMailbox } from '@windlass/capabilities/deliveries/sandbox/create-mailbox';
import { NO_FAULT } from '@windlass/capabilities/deliveries/sandbox/mail-fault';
import { startSmtpServer } from '@windlass/capabilities/deliveries/sandbox/start-smtp-server';
import type { History } from '../history.ts';
import { findSteadyPort } from './find-steady-port.ts';

export type MailSink = {
  port: number;
  url: string;
  /** How long it thinks between the dot and its 250: the window in which a kill leaves nobody the wiser. */
  replyAfter(ms: number): void;
  /** Puts off so many tries (4xx after RCPT), whoever's they are. */
  putOff(times: number): void;
  /** Messages taken, copies included. */
  count(): number;
  close(): Promise<void>;
};

const LINK = /http:\/\/[\d.:]+\/d\/[\w-]+/g;

/** The sandbox's SMTP server; every message it takes is in the history from the moment of its 250. */
export async function startMailSink(history: History): Promise<MailSink> {
  const port = await findSteadyPort();
  const kept = createMailbox();
  const faults = createFaultSwitch();
  const mailbox: typeof kept = {
    ...kept,
    add(mail) {
      kept.add(mail);
      const links = [...new Set(mail.text.match(LINK) ?? [])];
      history.write({
        what: 'mailed',
        to: mail.envelope.to[0]!,
        messageId: mail.messageId,
        links,
        replied: mail.replied,
      });
    },
  };
  const smtp = await startSmtpServer({ host: '127.0.0.1', port, mailbox, faults });
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    replyAfter: (delayMs) => faults.set({ ...NO_FAULT, delayMs }),
    putOff: (times) => faults.set({ ...NO_FAULT, mode: 'reject-4xx', at: 'rcpt', times }),
    count: kept.count,
    close: () => smtp.close(),
  };
}
