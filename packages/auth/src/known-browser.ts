import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import { cookieAttributes, cookieName, type CookieOptions } from './cookies.ts';

const KNOWN_DAYS = 180;

/**
 * What a counter calls an account: 255 characters would be too few for an address, and a counter need not know whose it
 * is.
 */
export const accountKey = (email: string): string =>
  createHash('sha256').update(email.toLowerCase()).digest('base64url');

const named = (baseUrl: string): string => cookieName(baseUrl, 'known');

/**
 * The name of a browser in which this person has signed in before, else undefined. Its tries are counted by themselves,
 * so that strangers who try somebody's password lock nobody out of where they work. It proves nothing else: without the
 * password it opens nothing.
 */
export async function knownBrowser(
  c: Context,
  email: string,
  { baseUrl, secret }: CookieOptions,
): Promise<string | undefined> {
  const value = await getSignedCookie(c, secret, named(baseUrl));
  const [browser, account] = (value || '').split(':');
  return browser && account === accountKey(email) ? browser : undefined;
}

/** Remembers that this person has signed in in this browser. */
export async function rememberBrowser(c: Context, email: string, options: CookieOptions): Promise<void> {
  const browser = (await knownBrowser(c, email, options)) ?? randomBytes(16).toString('base64url');
  await setSignedCookie(
    c,
    named(options.baseUrl),
    `${browser}:${accountKey(email)}`,
    options.secret,
    cookieAttributes(options.baseUrl, KNOWN_DAYS),
  );
}
