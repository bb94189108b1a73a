import { setTimeout } from 'node:timers/promises';
import { clientAddress } from '@windlass/auth/client-address';
import { knownBrowser, rememberBrowser } from '@windlass/auth/known-browser';
import { createLimit } from '@windlass/auth/limits';
import { openSession } from '@windlass/auth/open-session';
import { isSameOriginJson } from '@windlass/auth/same-origin';
import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import { answerError, answerThrown, type HttpEnv } from '../../kit/http.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { accountLinkInput, accountLinkOutput, choosePasswordInput, forgotPasswordInput } from '../account-contract.ts';
import { TOKEN_FORM } from '../account-token.ts';
import { choosePassword, findAccountLink, linkEnded, type OpenedAccountLink } from './choose-password.ts';
import { requestReset } from './request-reset.ts';

/**
 * Asking for a new password takes this long whether or not anybody has the address: longer than either way takes. In
 * ms.
 */
const ALIKE_MS = 500;

/**
 * For whoever cannot sign in: POST /api/forgot-password, /api/account-link, /api/choose-password. See
 * account-contract.ts.
 */
export function accountRoutes(services: ServerServices, { secret }: { secret: string }): Hono<HttpEnv> {
  const { database, settings } = services;
  const cookies = { baseUrl: settings.publicUrl, secret };
  const asked = createLimit(database, { name: 'reset-from', points: 20, seconds: 900 });
  const guesses = createLimit(database, { name: 'link-guess', points: 50, seconds: 60 });
  const app = new Hono<HttpEnv>();
  app.onError((error, c) => answerThrown(c, error));

  const open = async (c: Context<HttpEnv>, token: string): Promise<OpenedAccountLink> => {
    const link = await findAccountLink(services, token);
    if (link) return link;
    const wait = TOKEN_FORM.test(token) ? await guesses.hit(clientAddress(c, settings.trustProxy)) : undefined;
    throw wait === undefined ? linkEnded() : tooMany(wait);
  };

  const word = <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    work: (c: Context<HttpEnv>, input: z.output<Schema>) => Promise<object>,
  ) =>
    app.post(path, async (c) => {
      c.header('cache-control', 'no-store');
      if (!isSameOriginJson(c, settings.publicUrl))
        return answerError(c, {
          status: 403,
          code: 'CROSS_SITE',
          message: 'Changes are accepted from this site’s own pages only.',
        });
      const input = schema.safeParse(await c.req.json().catch(() => undefined));
      if (input.success) return c.json(await work(c, input.data));
      const fields = Object.fromEntries(
        input.error.issues.map((issue) => [issue.path.join('.') || 'input', issue.message]),
      );
      return answerError(c, {
        status: 422,
        code: 'INVALID',
        message: Object.values(fields)[0] ?? 'The input is not valid.',
        fields,
      });
    });

  word('/api/forgot-password', forgotPasswordInput, async (c, { email }) => {
    const wait = (await knownBrowser(c, email, cookies))
      ? undefined
      : await asked.hit(clientAddress(c, settings.trustProxy));
    if (wait !== undefined) throw tooMany(wait);
    await Promise.all([requestReset(services, email, c.get('requestId')), setTimeout(ALIKE_MS)]);
    return { ok: true };
  });

  word('/api/account-link', accountLinkInput, async (c, { token }) => accountLinkOutput.parse(await open(c, token)));

  word('/api/choose-password', choosePasswordInput, async (c, { token, password }) => {
    const link = await open(c, token);
    const person = await choosePassword(services, link, { password, requestId: c.get('requestId') });
    await openSession(c, database.sql, { ...person, ...cookies });
    await rememberBrowser(c, link.email, cookies);
    return { ok: true };
  });
  return app;
}

const tooMany = (wait: number) =>
  new Refusal('too-many', 'TOO_MANY_TRIES', {
    message: `Too many tries. Try again in ${wait} seconds.`,
    retryAfterSeconds: wait,
  });
