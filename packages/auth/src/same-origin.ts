import type { Context } from 'hono';

/**
 * May this request change anything? Only a JSON POST from our own pages: a form, an image or a script of another site cannot
 * make one. There is no CORS; requests without Origin and Sec-Fetch-Site (scripts, tests) carry no one else's cookies.
 */
export function isSameOriginJson(c: Context, baseUrl: string): boolean {
  if (c.req.method !== 'POST') return false;
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) return false;
  const site = c.req.header('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') return false;
  const origin = c.req.header('origin');
  return !origin || origin === new URL(baseUrl).origin || origin === new URL(c.req.url).origin;
}
