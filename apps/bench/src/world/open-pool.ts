import { type Answer, type Connection, openConnection } from './open-connection.ts';
import type { World } from './world.ts';

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
  return {
    async send(request) {
      const next = free.shift() ?? (await new Promise<Connection>((resolve) => waiting.push(resolve)));
      const connection = next.alive() ? next : await openConnection(port);
      try {
        return await connection.send(request);
      } finally {
        const waiter = waiting.shift();
        if (waiter) waiter(connection);
        else free.push(connection);
      }
    },
  };
}
