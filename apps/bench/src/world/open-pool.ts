import { type Answer, type Connection, openConnection } from './open-connection.ts';
import type { World } from './world.ts';

/** Well before the server ends it: a request may cross its good-bye on the way. */
const IDLE_MS = 3_000;

/**
 * Kept-alive connections to a port of this machine; a request takes the one that has been free the longest, or waits
 * for one. The server closes a connection that nobody used for 5 s: it is opened anew, as a browser does.
 */
export async function openPool(
  world: World,
  port: number,
  size: number,
): Promise<{ send(request: string): Promise<Answer> }> {
  const free = await Promise.all(Array.from({ length: size }, () => openConnection(port)));
  world.whenOver(() => free.forEach((connection) => connection.close()));
  const waiting: ((connection: Connection) => void)[] = [];
  const usedAt = new Map(free.map((connection) => [connection, performance.now()]));
  const isFresh = (connection: Connection) =>
    connection.alive() && performance.now() - usedAt.get(connection)! < IDLE_MS;
  return {
    async send(request) {
      const next = free.shift() ?? (await new Promise<Connection>((resolve) => waiting.push(resolve)));
      let connection = next;
      if (!isFresh(next)) {
        next.close();
        usedAt.delete(next);
        connection = await openConnection(port);
      }
      try {
        return await connection.send(request);
      } finally {
        usedAt.set(connection, performance.now());
        const waiter = waiting.shift();
        if (waiter) waiter(connection);
        else free.push(connection);
      }
    },
  };
}
