import { createFaultSwitch } from '@windlass/capabilities/deliveries/sandbox/create-fault-switch';
import { createMailbox, type ReceivedMail } from '@windlass/capabilities/deliveries/sandbox/create-mailbox';
import { type MailFault, NO_FAULT } from '@windlass/capabilities/deliveries/sandbox/mail-fault';
import { startSmtpServer } from '@windlass/capabilities/deliveries/sandbox/start-smtp-server';
import { until } from '@windlass/testkit/until';
import { countConnections } from './count-connections.ts';

export type MailServer = {
  url: string;
  /** Everything accepted for an address, oldest first. */
  mailsTo(address: string): ReceivedMail[];
  /** Waits for the `count`th mail to an address and returns the last of them. */
  mailTo(address: string, count?: number): Promise<ReceivedMail>;
  /** What goes wrong from now on: for one address, so that tests side by side do not disturb each other. */
  fail(fault: Partial<MailFault>): void;
  connections(): number;
  close(): Promise<void>;
};

/** The sandbox's SMTP server on a free port. */
export async function startMailServer(): Promise<MailServer> {
  const mailbox = createMailbox();
  const faults = createFaultSwitch();
  const smtp = await startSmtpServer({ host: '127.0.0.1', port: 0, mailbox, faults });
  const connections = countConnections(smtp.port);
  const mailsTo = (address: string) => mailbox.list({ to: address, limit: 2_000 }).toReversed();
  return {
    url: `smtp://127.0.0.1:${smtp.port}`,
    mailsTo,
    mailTo: (address, count = 1) => until(`mail ${count} to ${address}`, () => mailsTo(address)[count - 1]),
    fail: (fault) => faults.set({ ...NO_FAULT, ...fault }),
    connections: connections.opened,
    async close() {
      connections.stop();
      await smtp.close();
    },
  };
}
