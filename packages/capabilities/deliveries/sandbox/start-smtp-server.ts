import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';
import type { FaultSwitch } from './create-fault-switch.ts';
import type { Mailbox } from './create-mailbox.ts';
import type { MailFault } from './mail-fault.ts';
import { receiveMessage } from './receive-message.ts';
import { smtpReply } from './smtp-reply.ts';

export type SmtpServerOptions = { host: string; port: number; mailbox: Mailbox; faults: FaultSwitch };
export type RunningSmtpServer = { port: number; close(): Promise<void> };

const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;
/**
 * RFC 5321 asks a server to wait five minutes for the next command; a shorter wait would cut idle pooled connections.
 */
const IDLE_MS = 5 * 60_000;

/**
 * Starts a plaintext SMTP server that takes mail for anyone. AUTH is offered and never required; any password passes
 * except the word `wrong`, so that a refused sign-in can be shown.
 */
export async function startSmtpServer({ host, port, mailbox, faults }: SmtpServerOptions): Promise<RunningSmtpServer> {
  const sockets = new Map<string, Socket>();
  const server = new SMTPServer({
    name: 'sandbox.windlass.test',
    banner: 'Windlass sandbox',
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    size: MAX_MESSAGE_BYTES,
    rejectOversized: true,
    socketTimeout: IDLE_MS,
    onConnect(_session, callback) {
      if (faults.current().mode !== 'hang-greeting') return callback();
      // Never calling back is the fault: the client waits for a greeting until its own limit ends the wait.
      faults.spend();
    },
    onAuth(auth, _session, callback) {
      if (auth.password === 'wrong') callback(null, { message: 'Authentication failed', responseCode: 535 });
      else callback(null, { user: auth.username });
    },
    onRcptTo(address, _session, callback) {
      const fault = faults.peek([address.address]);
      if (fault === null || !isRejectedAt(fault, 'rcpt')) return callback();
      faults.spend();
      callback(rejection(fault));
    },
    onData(stream, session, callback) {
      const cut = () => sockets.get(socketKey(session))?.destroy();
      const isOpen = () => sockets.get(socketKey(session))?.readyState === 'open';
      const reject = (fault: MailFault) => (isRejectedAt(fault, 'data') ? rejection(fault) : null);
      receiveMessage({ stream, session, mailbox, faults, cut, isOpen, reject }).then(
        (answer) => answer(callback),
        (error: Error) => callback(smtpReply(451, error.message)),
      );
    },
  });

  server.server.on('connection', (socket: Socket) => {
    const key = `${socket.remoteAddress}:${socket.remotePort}`;
    sockets.set(key, socket);
    socket.once('close', () => sockets.delete(key));
  });
  // A client that is killed in mid-sentence is the sandbox's daily bread; the mailbox already says what arrived.
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') console.error(`smtp: ${error.message}`);
  });

  const listener = server.server;
  listener.listen(port, host);
  await once(listener, 'listening');
  const bound = (listener.address() as AddressInfo).port;

  const destroyAll = () => {
    for (const socket of sockets.values()) socket.destroy();
  };
  const unsubscribe = faults.subscribe((fault) => {
    const refuse = fault.mode === 'refuse-connections';
    if (refuse && listener.listening) listener.close();
    if (!refuse && !listener.listening) listener.listen(bound, host);
    // Pooled connections outlive a closed port and an old greeting: without this a fault would not be felt for minutes.
    if (refuse || fault.mode === 'hang-greeting') destroyAll();
  });

  return {
    port: bound,
    async close() {
      unsubscribe();
      destroyAll();
      if (!listener.listening) return;
      listener.close();
      await once(listener, 'close');
    },
  };
}

function socketKey(session: SMTPServerSession): string {
  return `${session.remoteAddress}:${session.remotePort}`;
}

function isRejectedAt(fault: MailFault, place: 'rcpt' | 'data'): boolean {
  if (fault.mode === 'reject-4xx') return (fault.at ?? 'data') === place;
  if (fault.mode === 'reject-5xx') return (fault.at ?? 'rcpt') === place;
  return false;
}

function rejection(fault: MailFault): Error {
  if (fault.mode === 'reject-4xx') return smtpReply(451, 'Temporary failure, try again later (sandbox fault)');
  return fault.at === 'data'
    ? smtpReply(552, 'Mailbox full (sandbox fault)')
    : smtpReply(550, 'No such mailbox here (sandbox fault)');
}
