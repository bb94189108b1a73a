import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { verifyApiKey } from '@windlass/auth/api-keys';
import { clientAddress } from '@windlass/auth/client-address';
import { createLocalLimit } from '@windlass/auth/limits';
import { checkAddress } from '@windlass/messaging/check-address';
import { answerError, answerThrown, type HttpEnv } from '../../kit/http.ts';
import { oncePerKey } from '../../kit/idempotency.ts';
import { recordAudit } from '../../kit/record-audit.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { receivedAnswer, receivedOrder } from '../contract.ts';
import { receiveOrder } from '../operations.ts';

const errorAnswer = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    requestId: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
  }),
});
const errorResponse = (description: string) => ({
  description,
  content: { 'application/json': { schema: errorAnswer } },
});

const postOrder = createRoute({
  method: 'post',
  path: '/orders',
  tags: ['Orders'],
  summary: 'Send an order',
  description:
    'The order waits for approval. Lines find their bundle by SKU. Amounts are whole minor units after ISO 4217: 1999 for EUR 19.99, 1999 for HUF 19.99, 19 for JPY 19.',
  security: [{ apiKey: [] }],
  request: {
    headers: z.object({
      'idempotency-key': z.string().openapi({
        description: 'Unique to this order. Sending it again with the same body gets the same answer.',
        example: 'shop-7f3a',
      }),
    }),
    body: { required: true, content: { 'application/json': { schema: receivedOrder } } },
  },
  responses: {
    201: {
      description: 'The order, or the first answer to this key.',
      content: { 'application/json': { schema: receivedAnswer } },
    },
    400: errorResponse('No or a malformed Idempotency-Key, or no JSON.'),
    401: errorResponse('No such API key.'),
    409: errorResponse('The first request with this key is still being worked on: see Retry-After.'),
    413: errorResponse('More than 256 kB.'),
    422: errorResponse('The order is not valid, or the key was used for another one.'),
    429: errorResponse('Too many wrong API keys from this address: see Retry-After.'),
    503: errorResponse('Too busy. Try again with the same key.'),
  },
});

/** The public REST interface, below /api/v1. */
export function orderRoutes({ database, settings }: ServerServices): OpenAPIHono<HttpEnv> {
  const app = new OpenAPIHono<HttpEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const fields = Object.fromEntries(
        result.error.issues.map((issue) => [issue.path.join('.') || 'body', issue.message]),
      );
      if ('idempotency-key' in fields) {
        return answerError(c, {
          status: 400,
          code: 'IDEMPOTENCY_KEY_MISSING',
          message: 'Send an Idempotency-Key header, so that a repeated request makes no second order.',
        });
      }
      return answerError(c, {
        status: 422,
        code: 'INVALID',
        message: 'The order is not valid. See the fields.',
        fields,
      });
    },
  });
  app.onError((error, c) => answerThrown(c, error));

  // Nobody guesses 256 bits, so a right key is never refused; but who tries many is not answered each time.
  const wrongKeys = createLocalLimit({ name: 'api-key', points: 100, seconds: 300 });

  app.use('/orders', async (c, next) => {
    const machine = await verifyApiKey(database.sql, c.req.header('authorization'));
    const wait = machine ? undefined : await wrongKeys.hit(clientAddress(c, settings.trustProxy));
    if (wait !== undefined) {
      c.header('retry-after', String(wait));
      return answerError(c, {
        status: 429,
        code: 'TOO_MANY_TRIES',
        message: `Too many wrong API keys. Try again in ${wait} seconds.`,
      });
    }
    if (!machine) {
      return answerError(c, {
        status: 401,
        code: 'API_KEY',
        message: 'Send a valid API key as "Authorization: Bearer wl_…". An admin makes one in Settings.',
      });
    }
    c.set('machine', machine);
    return next();
  });

  app.openapi(postOrder, async (c) => {
    const machine = c.get('machine');
    const order = c.req.valid('json');
    const address = checkAddress(order.customer.email);
    if (!address.ok) {
      return answerError(c, {
        status: 422,
        code: 'INVALID',
        message: address.sentence,
        fields: { 'customer.email': address.sentence },
      }) as never;
    }
    const received = { ...order, customer: { ...order.customer, email: address.address }, source: 'api' };
    const { status, answer } = await oncePerKey(
      database,
      { scope: machine.id, key: c.req.valid('header')['idempotency-key'], body: order },
      async (tx) => {
        const made = await receiveOrder(tx, machine.shopId, received);
        await recordAudit(tx, {
          shopId: machine.shopId,
          actor: { kind: 'machine', id: machine.id },
          action: 'orders.receive',
          subject: made.id,
          requestId: c.get('requestId'),
        });
        return { status: 201, answer: made };
      },
    );
    return c.json(answer, status as 201);
  });
  return app;
}
