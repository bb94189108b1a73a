import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { findSteadyPort } from './find-steady-port.ts';

/** A TCP connection through the proxy, both halves. */
type Pair = { client: Socket; upstream: Socket | undefined };

export type Proxy = {
  port: number;
  /** Not a byte passes, and nobody is told: connections stay open, new ones are taken and lead nowhere. */
  hold(): void;
  /** What was held goes on as if the network had only been slow. */
  release(): void;
  /** The connections of this moment lead nowhere for ever, as behind a firewall that forgot them; new ones pass. */
  orphan(): void;
  close(): Promise<void>;
};

/**
 * Stands before a service on loopback and can fall silent, which no service does by itself: a closed port at least says
 * no.
 */
export async function startProxy(target: number): Promise<Proxy> {
  const port = await findSteadyPort();
  const pairs = new Set<Pair>();
  let held = false;

  const join = (pair: Pair) => {
    const upstream = connect(target, '127.0.0.1');
    pair.upstream = upstream;
    for (const [from, to] of [
      [pair.client, upstream],
      [upstream, pair.client],
    ] as const) {
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => {}); // 'close' follows
      from.once('close', () => to.destroy());
      from.once('end', () => to.end());
    }
    upstream.once('close', () => pairs.delete(pair));
  };
  const server = createServer((client) => {
    const pair: Pair = { client, upstream: undefined };
    pairs.add(pair);
    client.on('error', () => {});
    client.once('close', () => pairs.delete(pair));
    if (held) client.pause();
    else join(pair);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    port,
    hold() {
      held = true;
      for (const { client, upstream } of pairs) {
        client.pause();
        upstream?.pause();
      }
    },
    release() {
      held = false;
      for (const pair of pairs) {
        if (!pair.upstream) join(pair);
        pair.client.resume();
        pair.upstream?.resume();
      }
    },
    orphan() {
      for (const { client, upstream } of pairs) {
        for (const socket of [client, upstream]) {
          socket?.removeAllListeners('data');
          socket?.resume(); // read and forgotten
        }
      }
    },
    async close() {
      for (const { client, upstream } of pairs) {
        client.destroy();
        upstream?.destroy();
      }
      server.close();
      await once(server, 'close');
    },
  };
}
