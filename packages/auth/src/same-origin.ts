import type { Context } from 'hono';

/**
 * May this request change anything? Only a JSON POST from our own pages: a form, an image or a script of another site
 * cannot make one. There is no CORS; requests without Origin and Sec-Fetch-Site (scripts, tests) carry no one else's
 * cookies.
 */
export const isSameOriginJson = (c: Context, baseUrl: string): boolean =>
  isSameOriginPost(c, baseUrl, /^application\/json\b/i);

/** The same for a body of another type, which must be none that a form can send. */
export function isSameOriginPost(c: Context, baseUrl: string, contentType: RegExp): boolean {
  if (c.req.method !== 'POST') return false;
  if (!contentType.test(c.req.header('content-type') ?? '')) return false;
  const site = c.req.header('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') return false;
  const origin = c.req.header('origin');
  return !origin || origin === new URL(baseUrl).origin || origin === new URL(c.req.url).origin;
}
