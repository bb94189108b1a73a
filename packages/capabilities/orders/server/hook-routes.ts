import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { answerError, answerThrown, type HttpEnv } from '../../kit/http.ts';
import { openSecret } from '../../kit/sealed-secret.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { type ShopSystem, shopSystems } from '../intake-contract.ts';
import { readNotice } from '../shops/read-notice.ts';
import { kindOf, SHOPIFY_DOMAIN, shopHeaders } from './shop-systems.ts';
import { countIgnored, takeNotice, takeWebhook, type TakenAs } from './take-webhook.ts';
import { noteCall, turnAway } from './turn-away.ts';

export type HookResult = TakenAs | 'ping' | 'forged' | 'unreadable';
export type HookMetrics = { onHook: (system: ShopSystem, result: HookResult) => void };

/** 32 bytes in base64. */
const SIGNATURE_FORM = /^[A-Za-z0-9+/]{43}=$/;
/** WooCommerce looks whether anybody is there, unsigned, when a webhook is saved; without a 200 it does not save it. */
const PING_FORM = /^webhook_id=\d{1,20}$/;

const FIND = `select id, shop_id as "shopId", system, domain, secret
  from order_source where id = $1 and system = $2::shop_system and removed_at is null`;
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
    // A source nobody made, a missing and a wrong signature have one answer.
    const forged = () => {
      onHook(system, 'forged');
      return answerError(c, {
        status: 401,
        code: 'SIGNATURE',
        message: 'This message is not signed with the secret of this source.',
      });
    };

    const signature = c.req.header(headers.signature) ?? '';
    const mayBePing =
      system === 'woocommerce' &&
      signature === '' &&
      /^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '');
    if (!SIGNATURE_FORM.test(signature) && !mayBePing) return forged();
    const source = await database.sql.row<Source>('find-order-source', FIND, [c.req.param('source'), system]);
    if (!source) return forged();
    const secret = openSecret(source.secret, { keys: settings.sealKeys, owner: source.id });
    if (secret === undefined) {
      onHook(system, 'unreadable');
      c.get('log').error(
        { sourceId: source.id },
        'the secret of an order source opens by no key of SEAL_KEYS: put its key back there, or enter the secret again in Settings',
      );
      return answerError(c, { status: 503, code: 'SOURCE_UNREADABLE', message: 'This source needs its secret again.' });
    }

    const body = Buffer.from(await c.req.arrayBuffer()); // the raw bytes, as they were signed
    if (mayBePing) {
      if (!PING_FORM.test(body.toString('latin1'))) return forged();
      await noteCall(database.sql, source.id);
      return answer('ping');
    }
    if (!timingSafeEqual(createHmac('sha256', secret).update(body).digest(), Buffer.from(signature, 'base64'))) {
      await turnAway(database.sql, source.id, 'signature');
      return forged();
    }
    if (source.domain && c.req.header(SHOPIFY_DOMAIN)?.toLowerCase() !== source.domain) {
      await turnAway(database.sql, source.id, 'domain');
      return forged();
    }

    const topic = c.req.header(headers.topic) ?? '';
    const kind = kindOf(system, topic);
    if (kind === undefined) {
      await countIgnored(database.sql, source.id);
      return answer('ignored');
    }
    const message = { kind, topic, deliveryId: c.req.header(headers.delivery), body, requestId: c.get('requestId') };
    if (kind === 'gone' || kind === 'refund')
      return answer(await takeNotice(database, source, { message, externalId: readNotice(kind, body) }));
    return answer(await takeWebhook(database, source, message));
  };

  for (const system of shopSystems) app.post(`/hooks/${system}/:source`, receive(system));
  app.all('/hooks/*', (c) =>
    answerError(c, { status: 404, code: 'NOT_FOUND', message: 'There is nothing at this address.' }),
  );
  return app;
}
