import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerError, type HttpEnv, type HttpRefusal } from '@windlass/capabilities/kit/http';
import type { Context, MiddlewareHandler } from 'hono';
import { createBodyReceiver, dropTheRest, type NotReceived } from './receive-bodies.ts';
import { createTurns } from './turns.ts';

/** What @hono/node-server puts beside each request; it takes a `rawBody` for the body. */
type NodePair = { incoming: IncomingMessage & { rawBody?: Buffer }; outgoing: ServerResponse };

export type Admission = {
  /**
   * Receives the whole body before anything else is done for it, and refuses one of more than `mostBytes`, of which
   * `onTooLarge` hears, in a turn if there is one.
   */
  body(mostBytes: number, onTooLarge?: (path: string) => Promise<void>): MiddlewareHandler<HttpEnv>;
  /** For a route that takes its body as it comes: what is still coming when it has answered is not taken in. */
  stream: MiddlewareHandler<HttpEnv>;
  /** Goes on when there is a turn, and is answered 503 within a second when there is none. */
  turn: MiddlewareHandler<HttpEnv>;
};

const BUSY: HttpRefusal = { status: 503, code: 'BUSY', message: 'We are too busy just now. Try again in a second.' };

/**
 * Admission control: how much may be going on in this process. A turn is held while we work, never while a client sends
 * or fetches: what it sends has arrived before, and what it fetches waits in the socket. Routes are named as they are
 * routed, so that no spelling of an address goes around it.
 */
export function createAdmission(onRefused: () => void): Admission {
  const turns = createTurns();
  const receive = createBodyReceiver();

  const refusalOf = (why: Exclude<NotReceived, 'gone'>, mostBytes: number): HttpRefusal => {
    if (why === 'too-large')
      return { status: 413, code: 'TOO_LARGE', message: `At most ${sizeText(mostBytes)} may be sent here.` };
    if (why === 'too-slow')
      return { status: 408, code: 'TOO_SLOW', message: 'That took too long to arrive. Send it again.' };
    onRefused();
    return BUSY;
  };

  /** Does it by turns like any other work, and leaves it undone where there is none: strangers may cause it. */
  const inTurn = async (c: Context<HttpEnv>, work: () => Promise<void>): Promise<void> => {
    const { outgoing } = c.env as unknown as NodePair;
    const giveBack = await turns.take(() => outgoing.destroyed);
    try {
      if (giveBack) await work();
    } finally {
      giveBack?.();
    }
  };

  return {
    body: (mostBytes, onTooLarge) => async (c, next) => {
      if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
      const { incoming } = c.env as unknown as NodePair;
      const received = await receive(incoming, mostBytes);
      c.set('startedAt', performance.now()); // a slow client is no slow request of ours
      if (received === 'gone') return new Response(null, { status: 499 }); // nobody reads it
      if (typeof received === 'string') {
        if (received === 'crowded') c.header('retry-after', '1');
        if (received === 'too-large' && onTooLarge) await inTurn(c, () => onTooLarge(c.req.path));
        return answerError(c, refusalOf(received, mostBytes));
      }
      incoming.rawBody = received.body;
      try {
        return await next();
      } finally {
        received.done();
      }
    },
    stream: async (c, next) => {
      await next();
      const { incoming, outgoing } = c.env as unknown as NodePair;
      outgoing.once('finish', () => {
        if (!incoming.readableEnded) dropTheRest(incoming);
      });
    },
    turn: async (c, next) => {
      const { outgoing } = c.env as unknown as NodePair;
      const giveBack = await turns.take(() => outgoing.destroyed);
      if (!giveBack) {
        onRefused();
        c.header('retry-after', '1');
        return answerError(c, BUSY);
      }
      try {
        return await next();
      } finally {
        giveBack();
      }
    },
  };
}

const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${bytes / 1024} kB` : `${bytes / (1024 * 1024)} MB`;
