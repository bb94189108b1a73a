import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';

export type TestServer = {
  url: string;
  port: number;
  /** Messages received to their dot, as text. */
  received: string[];
  /** Bytes of messages received so far, also of those without a dot. */
  bytes: () => number;
  /** Connections seen since the start. */
  connections: () => number;
  /** Destroys every open socket, as a crash would. */
  cut: () => void;
  close: () => Promise<void>;
};

/**
 * A real SMTP server on a free port. `onMessage` runs after the dot and may cut, wait or return an error to answer
 * with.
 */
export async function startTestServer(
  options: SMTPServerOptions & { onMessage?: (server: TestServer) => Promise<Error | null> } = {},
): Promise<TestServer> {
  const { onMessage, ...rest } = options;
  const sockets = new Set<{ destroy(): void }>();
  let connections = 0;
  let bytes = 0;
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    async onData(stream, _session, callback) {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of stream) {
          bytes += (chunk as Buffer).length;
          chunks.push(chunk as Buffer);
        }
        testServer.received.push(Buffer.concat(chunks).toString());
        callback((await onMessage?.(testServer)) ?? null);
      } catch (error) {
        callback(error as Error);
      }
    },
    ...rest,
  });
  server.on('error', () => {});
  server.server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;

  const testServer: TestServer = {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received: [],
    bytes: () => bytes,
    connections: () => connections,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      testServer.cut();
      if (!server.server.listening) return;
      server.server.close();
      await once(server.server, 'close');
    },
  };
  return testServer;
}

/** An error smtp-server answers with this code. */
export function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
