import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { newId } from '@windlass/db/ids';

/** So many requests are worked on at once: more than there are database connections, so that none of those is ever idle. */
const MOST_ACTIVE = 32;
/** So many more may wait for their turn, which costs next to nothing. Whoever comes then is told to come back. */
const MOST_WAITING = 256;
/** A turn that comes later than this comes too late. In ms. */
const PATIENCE_MS = 1_000;

export const MOST_INSIDE = MOST_ACTIVE + MOST_WAITING;

/** Downloads and live streams last long and cost little: they pass. So do pages and health. */
const GUARDED = /^\/(api\/(trpc|v1)|hooks)\//;

type Visit = { request: IncomingMessage; response: ServerResponse; since: number };

/**
 * Lets requests in by turns, and turns them away when the line is full. It needs no rate to be set: a fast server empties its line, a slow
 * one says so at once; worked on all at the same time, a crowd would only make each of its requests slow. It stands before everything
 * else, because in a flood most of the work is saying no.
 */
export function guardDoor(listener: RequestListener, onRefused: () => void): RequestListener {
  let active = 0;
  const line: Visit[] = [];

  const refuse = ({ response }: Visit) => {
    onRefused();
    const requestId = newId('req');
    const error = { code: 'BUSY', message: 'We are too busy just now. Try again in a second.', requestId };
    response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1', 'x-request-id': requestId }).end(JSON.stringify({ error }));
  };
  const letIn = ({ request, response }: Visit) => {
    active += 1;
    response.once('close', () => {
      active -= 1;
      callNext();
    });
    listener(request, response as Parameters<RequestListener>[1]);
  };
  const callNext = () => {
    for (let visit = line.shift(); visit; visit = line.shift()) {
      if (visit.response.destroyed) continue; // went away
      if (performance.now() - visit.since < PATIENCE_MS) return letIn(visit);
      refuse(visit);
    }
  };

  return (request, response) => {
    if (!GUARDED.test(request.url ?? '')) return listener(request, response);
    const visit = { request, response, since: performance.now() };
    if (active < MOST_ACTIVE) letIn(visit);
    else if (line.length < MOST_WAITING) line.push(visit);
    else refuse(visit);
  };
}

/** For Hono's `createServer` option: an HTTP server with the door before it. */
export const createGuardedServer = (onRefused: () => void): typeof createServer =>
  ((options: object, listener: RequestListener) => createServer(options, guardDoor(listener, onRefused))) as typeof createServer;
