import { createHmac } from 'node:crypto';
import { clientAddress } from '@windlass/auth/client-address';
import { createLimit, type Limit } from '@windlass/auth/limits';
import { type Context, Hono } from 'hono';
import { answerThrown, type HttpEnv } from '../../kit/http.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { TOKEN_FORM } from '../link-token.ts';
import {
  renderGonePage,
  renderLinkPage,
  renderMissingPage,
  renderRenewedPage,
  renderTooManyPage,
  renderUnavailablePage,
} from './download-page.ts';
import { findLink, type OpenedLink } from './find-link.ts';
import { renewLink } from './renew-link.ts';
import { sendFile } from './send-file.ts';

export type DownloadMetrics = {
  onDownload: (result: 'sent' | 'part' | 'gone' | 'missing' | 'limited' | 'unavailable') => void;
};

/**
 * The customer's side, without sign-in: GET /d/:token, POST /d/:token/renew, GET /api/download/secure/:bundleId?token=
 */
export function downloadRoutes(services: ServerServices, { onDownload }: DownloadMetrics): Hono<HttpEnv> {
  const { database, settings } = services;
  const guesses = createLimit(database, { name: 'link-guess', points: 50, seconds: 60 });
  const app = new Hono<HttpEnv>();
  app.onError((error, c) => answerThrown(c, error));
  for (const path of ['/d/*', '/api/download/*'])
    app.use(path, async (c, next) => {
      await next();
      c.header('cache-control', 'no-store');
      c.header('referrer-policy', 'no-referrer');
    });

  const refused = async (c: Context<HttpEnv>, { address, token }: Guess) => {
    const wait = TOKEN_FORM.test(token) ? await guesses.hit(address) : undefined;
    onDownload(wait === undefined ? 'missing' : 'limited');
    return wait === undefined ? c.html(await renderMissingPage(), 404) : tooMany(c, wait);
  };
  const gone = async (c: Context<HttpEnv>, link: OpenedLink, token: string) => {
    onDownload('gone');
    return c.html(await renderGonePage(link.shopName, token), 410);
  };

  app.get('/d/:token', async (c) => {
    const address = clientAddress(c, settings.trustProxy);
    const token = c.req.param('token');
    const opened = await open(services, guesses, { address, token });
    if (typeof opened === 'number') return tooMany(c, opened);
    if (!opened) return refused(c, { address, token });
    if (opened.state !== 'active') return gone(c, opened, token);
    if (!opened.objectKey) return c.html(await renderUnavailablePage(opened.shopName), 503);
    return c.html(await renderLinkPage(opened, token, new Date()));
  });

  app.post('/d/:token/renew', async (c) => {
    const address = clientAddress(c, settings.trustProxy);
    const token = c.req.param('token');
    const opened = await open(services, guesses, { address, token });
    if (typeof opened === 'number') return tooMany(c, opened);
    if (!opened) return refused(c, { address, token });
    await renewLink(services, opened, c.get('requestId'));
    return c.html(await renderRenewedPage(opened.shopName));
  });

  app.get('/api/download/secure/:bundleId', async (c) => {
    const address = clientAddress(c, settings.trustProxy);
    const token = c.req.query('token') ?? '';
    const opened = await open(services, guesses, { address, token });
    if (typeof opened === 'number') return tooMany(c, opened);
    // A token of one bundle with the id of another is a guess like any other.
    if (!opened || opened.bundleId !== c.req.param('bundleId')) return refused(c, { address, token });
    const client = createHmac('sha256', settings.linkSecret)
      .update(`client ${address ?? 'unknown'}`)
      .digest('base64url')
      .slice(0, 22);
    const answer = await sendFile(c, { services, link: opened, client });
    if (answer === 'gone') return gone(c, opened, token);
    if (answer === 'unavailable') {
      onDownload('unavailable');
      return c.html(await renderUnavailablePage(opened.shopName), 503);
    }
    onDownload(answer.status === 206 ? 'part' : 'sent');
    return answer;
  });
  return app;
}

type Guess = { address: string | undefined; token: string };

/**
 * The link behind a token; undefined where there is none; the seconds to wait for an address that guessed too often.
 * What has not the form of a token is no guess: it is not counted and costs no statement.
 */
async function open(
  services: ServerServices,
  guesses: Limit,
  { address, token }: Guess,
): Promise<OpenedLink | undefined | number> {
  if (!TOKEN_FORM.test(token)) return undefined;
  const link = await findLink(services.database.sql, token);
  return link ?? (await guesses.blocked(address));
}

async function tooMany(c: Context<HttpEnv>, seconds: number): Promise<Response> {
  c.header('retry-after', String(seconds));
  return c.html(await renderTooManyPage(seconds), 429);
}
