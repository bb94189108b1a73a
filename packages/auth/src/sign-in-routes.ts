import type { Database } from '@windlass/db/open-database';
import { verifyPassword } from 'better-auth/crypto';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { clientAddress, isBehindUnknownProxy } from './client-address.ts';
import { type HashTurn, inTurn, NoTurn } from './hash-turns.ts';
import { accountKey, knownBrowser, rememberBrowser } from './known-browser.ts';
import { closeSession, openSession } from './open-session.ts';
import { readSession } from './read-session.ts';
import { isSameOriginJson } from './same-origin.ts';
import { createSignInLimits, type Trying } from './sign-in-limits.ts';

export type SignInOptions = {
  database: Database;
  baseUrl: string;
  secret: string;
  trustProxy: boolean;
  /** Makes the house's one form of error answer. */
  refuse: (c: Context, refusal: { status: 401 | 403 | 422 | 429 | 503; code: string; message: string }) => Response;
  onSignIn?: (result: 'ok' | 'wrong' | 'limited') => void;
  /** Called once, when it first seems that a proxy stands before this house that it was not told of. */
  onUnknownProxy?: () => void;
};

/** Addresses are ASCII (see messaging/check-address.ts), so nothing else can be anybody's. */
const credentials = z.strictObject({
  email: z
    .string()
    .trim()
    .max(254)
    .regex(/^[\x21-\x7e]+$/),
  password: z.string().min(1).max(128),
});

/**
 * One sentence for an unknown address, a wrong password and somebody who has been disabled; each costs one hash, so the
 * time is the same too.
 */
const WRONG = 'The e-mail or the password is wrong.';
/** Nobody's: looked at where there is no password to look at. */
const NO_HASH = `${'0'.repeat(32)}:${'0'.repeat(128)}`;

const FIND = `select u.id, a.password as hash from app_user u
  join account a on a.user_id = u.id and a.provider_id = 'credential'
  where u.email = $1 and a.password is not null`;

/** POST /sign-in, POST /sign-out, GET /session. */
export function signInRoutes(options: SignInOptions): Hono {
  const { database, refuse } = options;
  // Tries are counted BEFORE the password is looked at: a hundred at once are a hundred.
  const limits = createSignInLimits(database);
  let proxyTold = false;
  const app = new Hono();

  const wait = (c: Context, { seconds, status, message }: { seconds: number; status: 429 | 503; message: string }) => {
    options.onSignIn?.('limited');
    c.header('retry-after', String(seconds));
    return refuse(c, { status, code: status === 429 ? 'TOO_MANY_TRIES' : 'BUSY', message });
  };
  const tooMany = (c: Context, seconds: number) =>
    wait(c, { seconds, status: 429, message: `Too many tries. Try again in ${seconds} seconds.` });
  const warnOfProxy = (c: Context) => {
    if (proxyTold || !isBehindUnknownProxy(c, options.trustProxy)) return;
    proxyTold = true;
    options.onUnknownProxy?.();
  };

  app.post('/sign-in', async (c) => {
    if (!isSameOriginJson(c, options.baseUrl))
      return refuse(c, { status: 403, code: 'CROSS_SITE', message: 'Sign in from this site’s own page.' });
    const input = credentials.safeParse(await c.req.json().catch(() => undefined));
    if (!input.success)
      return refuse(c, {
        status: 422,
        code: 'INVALID',
        message: 'Give an e-mail and a password of at most 128 characters.',
      });
    warnOfProxy(c);
    const email = input.data.email.toLowerCase();
    const trying: Trying = {
      account: accountKey(email),
      address: clientAddress(c, options.trustProxy),
      browser: await knownBrowser(c, email, options),
    };
    const full = await limits.countHere(trying);
    if (full !== undefined) return tooMany(c, full);
    try {
      // Room first: whoever finds none costs the database nothing.
      const found = await inTurn(
        turnOf(trying),
        async () => (await limits.count(trying)) ?? findPerson(database, { email, password: input.data.password }),
      );
      if (typeof found === 'number') return tooMany(c, found);
      if (!found || !(await openSession(c, database.sql, { userId: found.id, hash: found.hash, ...options }))) {
        options.onSignIn?.('wrong');
        return refuse(c, { status: 401, code: 'WRONG_CREDENTIALS', message: WRONG });
      }
    } catch (error) {
      if (!(error instanceof NoTurn)) throw error;
      await limits.giveBackHere(trying);
      return wait(c, {
        seconds: error.retryAfterSeconds,
        status: 503,
        message: 'Too many people sign in just now. Try again in a second.',
      });
    }
    options.onSignIn?.('ok');
    await limits.forget(trying);
    await rememberBrowser(c, email, options);
    return c.json({ ok: true });
  });

  app.post('/sign-out', async (c) => {
    if (!isSameOriginJson(c, options.baseUrl))
      return refuse(c, { status: 403, code: 'CROSS_SITE', message: 'Sign out from this site’s own page.' });
    await closeSession(c, database.sql, options);
    return c.json({ ok: true });
  });

  app.get('/session', async (c) => {
    const person = await readSession(c, database.sql, options);
    c.header('cache-control', 'no-store');
    if (!person) return c.json(null); // nobody: an answer, not a fault
    return c.json({
      id: person.id,
      name: person.name,
      email: person.email,
      role: person.role,
      shopName: person.shopName,
    });
  });
  return app;
}

const turnOf = ({ account, address, browser }: Trying): HashTurn =>
  browser ? { lane: 'known', from: browser } : { lane: 'stranger', from: address ?? account };

/** Whose these are. Hashes whether or not there is such a person. */
async function findPerson(
  { sql }: Database,
  { email, password }: { email: string; password: string },
): Promise<{ id: string; hash: string } | undefined> {
  const found = await sql.row<{ id: string; hash: string }>('find-credential', FIND, [email]);
  return (await verifyPassword({ hash: found?.hash ?? NO_HASH, password })) ? found : undefined;
}
