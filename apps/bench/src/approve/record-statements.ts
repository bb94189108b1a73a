import { once } from 'node:events';
import net from 'node:net';
import type { World } from '../world/world.ts';
import { createFrontendParser, type SentStatement } from './parse-frontend.ts';

export type Recorder = {
  /** The database's address by way of this recorder. */
  url: string;
  /** What was sent since the last call, of all connections, in the order it came. */
  take(): SentStatement[];
};

/** Stands between a program and its database, passes everything on and writes down the statements. */
export async function recordStatements(world: World, databaseUrl: string): Promise<Recorder> {
  const target = new URL(databaseUrl);
  const sockets = new Set<net.Socket>();
  let sent: SentStatement[] = [];
  const proxy = net.createServer((client) => {
    const parse = createFrontendParser();
    const server = net.connect(Number(target.port), target.hostname);
    client.on('data', (bytes) => void sent.push(...parse(bytes)));
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()); // either side may go first at the end
      socket.on('close', () => sockets.delete(socket));
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  world.whenOver(() => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });
  const url = new URL(databaseUrl);
  url.searchParams.delete('host'); // of a socket: this stands on a port
  url.port = String((proxy.address() as net.AddressInfo).port);
  return {
    url: url.toString(),
    take() {
      const taken = sent;
      sent = [];
      return taken;
    },
  };
}
