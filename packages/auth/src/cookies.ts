const DAY_SECONDS = 24 * 3600;

export type CookieOptions = { baseUrl: string; secret: string };

const isSecure = (baseUrl: string): boolean => baseUrl.startsWith('https:');
/** The name of a cookie of ours: the prefix makes browsers refuse it over plain HTTP. */
export const cookieName = (baseUrl: string, name: string): string =>
  `${isSecure(baseUrl) ? '__Secure-' : ''}wl.${name}`;
/** No script reads it, and no other site sends it along with a change. */
export const cookieAttributes = (baseUrl: string, days: number) => ({
  path: '/',
  httpOnly: true,
  secure: isSecure(baseUrl),
  sameSite: 'Lax' as const,
  maxAge: days * DAY_SECONDS,
});
