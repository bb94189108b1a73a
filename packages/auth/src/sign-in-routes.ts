import { createHash } from 'node:crypto';
import type { Database } from '@windlass/db/open-database';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { clientAddress } from './client-address.ts';
import type { Auth } from './create-auth.ts';
import { createLimit } from './limits.ts';
import { readSession } from './read-session.ts';
import { isSameOriginJson } from './same-origin.ts';

export type SignInOptions = {
  auth: Auth;
  database: Database;
  baseUrl: string;
  secret: string;
  trustProxy: boolean;
  /** Makes the house's one form of error answer. */
  refuse: (c: Context, refusal: { status: 401 | 403 | 413 | 422 | 429; code: string; message: string }) => Response;
  onSignIn?: (result: 'ok' | 'wrong' | 'limited') => void;
};

/** Addresses are ASCII (see messaging/check-address.ts), so nothing else can be anybody's. */
const credentials = z.strictObject({ email: z.string().trim().max(254).regex(/^[\x21-\x7e]+$/), password: z.string().min(1).max(128) });

/** One sentence for an unknown address and for a wrong password; the library hashes in both cases, so the time is the same too. */
const WRONG = 'That e-mail and password do not go together.';

/** POST /sign-in, POST /sign-out, GET /session. */
export function signInRoutes(options: SignInOptions): Hono {
  const { auth, database, refuse } = options;
  // Tries are counted BEFORE the password is looked at: a hundred at once are a hundred.
  const perAccount = createLimit(database, { name: 'sign-in', points: 5, seconds: 300 });
  const perAddress = createLimit(database, { name: 'sign-in-from', points: 100, seconds: 300 });
  const app = new Hono();

  app.use('*', bodyLimit({ maxSize: 4096, onError: (c) => refuse(c, { status: 413, code: 'TOO_LARGE', message: 'That is too long for an e-mail and a password.' }) }));

  app.post('/sign-in', async (c) => {
    if (!isSameOriginJson(c, options.baseUrl)) return refuse(c, { status: 403, code: 'CROSS_SITE', message: 'Sign in from this site’s own page.' });
    const input = credentials.safeParse(await c.req.json().catch(() => undefined));
    if (!input.success) return refuse(c, { status: 422, code: 'INVALID', message: 'Give an e-mail and a password of at most 128 characters.' });
    const { email, password } = input.data;
    const address = clientAddress(c, options.trustProxy);
    // Hashed: a counter's key holds 255 characters at most, and need not know whose it is.
    const account = createHash('sha256').update(`${address} ${email.toLowerCase()}`).digest('base64url');
    const wait = (await perAccount.hit(account)) ?? (await perAddress.blocked(address));
    if (wait !== undefined) {
      options.onSignIn?.('limited');
      c.header('retry-after', String(wait));
      return refuse(c, { status: 429, code: 'TOO_MANY_TRIES', message: `Too many tries. Try again in ${wait} seconds.` });
    }
    // The origin has been looked at above; the library would compare it with PUBLIC_URL alone, which a development server is not.
    const headers = new Headers({ 'user-agent': c.req.header('user-agent') ?? '' });
    const answer = await auth.api.signInEmail({ body: { email, password }, headers, asResponse: true });
    if (!answer.ok) {
      options.onSignIn?.('wrong');
      await perAddress.hit(address);
      return refuse(c, { status: 401, code: 'WRONG_CREDENTIALS', message: WRONG });
    }
    options.onSignIn?.('ok');
    await perAccount.clear(account);
    for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
    return c.json({ ok: true });
  });

  app.post('/sign-out', async (c) => {
    if (!isSameOriginJson(c, options.baseUrl)) return refuse(c, { status: 403, code: 'CROSS_SITE', message: 'Sign out from this site’s own page.' });
    const answer = await auth.api.signOut({ headers: new Headers({ cookie: c.req.header('cookie') ?? '' }), asResponse: true });
    for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
    return c.json({ ok: true });
  });

  app.get('/session', async (c) => {
    const person = await readSession(c, database.sql, options);
    c.header('cache-control', 'no-store');
    if (!person) return c.json(null); // nobody: an answer, not a fault
    return c.json({ id: person.id, name: person.name, email: person.email, role: person.role, shopName: person.shopName });
  });
  return app;
}
