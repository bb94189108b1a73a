import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { answerError, answerThrown, type HttpEnv } from '../../kit/http.ts';
import { openSecret } from '../../kit/sealed-secret.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { type ShopSystem, shopSystems } from '../intake-contract.ts';
import { SHOPIFY_DOMAIN, shopHeaders } from './shop-systems.ts';
import { countIgnored, takeWebhook } from './take-webhook.ts';

export type HookResult = 'taken' | 'refused' | 'repeated' | 'ignored' | 'ping' | 'forged' | 'too-large' | 'unreadable';
export type HookMetrics = { onHook: (system: ShopSystem, result: HookResult) => void };

const MOST_BYTES = 1024 * 1024;
/** 32 bytes in base64. */
const SIGNATURE_FORM = /^[A-Za-z0-9+/]{43}=$/;
/** WooCommerce looks whether anybody is there, unsigned, when a webhook is saved; without a 200 it does not save it. */
const PING_FORM = /^webhook_id=\d{1,20}$/;

const FIND = `select id, shop_id as "shopId", system, domain, secret from order_source where id = $1 and system = $2::shop_system and removed_at is null`;
export type Source = { id: string; shopId: string; system: ShopSystem; domain: string | null; secret: Buffer };

/** Where shop systems tell us of their orders: POST /hooks/shopify/:source, POST /hooks/woocommerce/:source */
export function hookRoutes({ database, settings }: ServerServices, { onHook }: HookMetrics): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.onError((error, c) => answerThrown(c, error));

  const receive = (system: ShopSystem) => async (c: Context<HttpEnv>) => {
    const headers = shopHeaders[system];
    const answer = (result: HookResult) => {
      onHook(system, result);
      return c.json({ result });
    };
    // A source nobody made, a missing and a wrong signature have one answer, and nothing is written for any of them.
    const forged = () => {
      onHook(system, 'forged');
      c.header('connection', 'close'); // what is left of the body is not read
      return answerError(c, { status: 401, code: 'SIGNATURE', message: 'This message is not signed with the secret of this source.' });
    };

    const signature = c.req.header(headers.signature) ?? '';
    const mayBePing = system === 'woocommerce' && signature === '' && /^application\/x-www-form-urlencoded\b/.test(c.req.header('content-type') ?? '');
    if (!SIGNATURE_FORM.test(signature) && !mayBePing) return forged();
    const source = await database.sql.row<Source>('find-order-source', FIND, [c.req.param('source'), system]);
    if (!source) return forged();
    const secret = openSecret(source.secret, { master: settings.cursorSecret, owner: source.id });
    if (secret === undefined) {
      onHook(system, 'unreadable');
      c.get('log').error({ sourceId: source.id }, 'the secret of an order source cannot be opened: was AUTH_SECRET changed? Enter it again in Settings');
      return answerError(c, { status: 503, code: 'SOURCE_UNREADABLE', message: 'This source needs its secret again.' });
    }

    const body = await readBody(c);
    if (!body) {
      onHook(system, 'too-large');
      return answerError(c, { status: 413, code: 'TOO_LARGE', message: 'A message may have at most 1 MB.' });
    }
    if (mayBePing) return PING_FORM.test(body.toString('latin1')) ? answer('ping') : forged();
    if (!timingSafeEqual(createHmac('sha256', secret).update(body).digest(), Buffer.from(signature, 'base64'))) return forged();
    if (source.domain && c.req.header(SHOPIFY_DOMAIN)?.toLowerCase() !== source.domain) return forged();

    if (c.req.header(headers.topic)?.toLowerCase() !== headers.orderTopic) {
      await countIgnored(database.sql, source.id);
      return answer('ignored');
    }
    return answer(await takeWebhook(database, source, { deliveryId: deliveryId(c.req.header(headers.delivery), body), body, requestId: c.get('requestId') }));
  };

  for (const system of shopSystems) app.post(`/hooks/${system}/:source`, receive(system));
  app.all('/hooks/*', (c) => answerError(c, { status: 404, code: 'NOT_FOUND', message: 'There is nothing at this address.' }));
  return app;
}

/** The raw bytes, as they were signed; undefined as soon as there are too many. */
async function readBody(c: Context<HttpEnv>): Promise<Buffer | undefined> {
  if (Number(c.req.header('content-length') ?? 0) > MOST_BYTES) return undefined;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of c.req.raw.body ?? []) {
    size += piece.length;
    if (size > MOST_BYTES) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The shop system's own, or the message's hash where it gave none: a replay is known by either. */
const deliveryId = (header: string | undefined, body: Buffer): string =>
  header && /^[\x21-\x7e]{1,200}$/.test(header) ? header : createHash('sha256').update(body).digest('hex');
