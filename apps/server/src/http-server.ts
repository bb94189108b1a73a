import { createServer, type Server, type ServerOptions, type RequestListener } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { limitPieces } from './admission/body-pieces.ts';
import { comesIn, lingerWhileSent } from './admission/linger.ts';
import { onePerConnection } from './admission/pipelined-requests.ts';
import { readInPieces } from './admission/read-in-pieces.ts';

/**
 * A socket on which nothing moves is dropped: a client that does not fetch its answer would keep it in our memory for
 * ever. The live stream pings. In ms.
 */
const IDLE_SOCKET_MS = 120_000;

/** The HTTP server in front of the app, not listening yet. */
export function createHttpServer(fetch: Parameters<typeof createAdaptorServer>[0]['fetch']): Server {
  const admit = (listener: RequestListener): RequestListener => {
    const inSequence = onePerConnection(listener);
    return (incoming, outgoing) => {
      if (incoming.socket.destroyed) return; // Node parses a piece to its end, also when we have hung up
      // Told to stop: the connection ends with this answer, and its client comes back elsewhere.
      if (!server.listening) outgoing.shouldKeepAlive = false;
      comesIn(incoming);
      limitPieces(incoming, outgoing);
      inSequence(incoming, outgoing);
    };
  };
  const server = createAdaptorServer({
    fetch,
    createServer: ((options: ServerOptions, listener: RequestListener) =>
      createServer(options, admit(listener))) as typeof createServer,
  }) as Server;
  server.on('connection', readInPieces).on('connection', lingerWhileSent);
  server.setTimeout(IDLE_SOCKET_MS);
  return server;
}
