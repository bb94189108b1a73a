import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { HttpEnv } from '@windlass/capabilities/kit/http';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

export const ADMIN_PAGES = path.join(import.meta.dirname, '../../admin/dist');
const PORTAL_PAGES = path.join(import.meta.dirname, '../../portal/dist');

/** The one inline script of the page (it sets the theme before anything is painted) is allowed by its hash. */
function inlineScriptHashes(indexHtml: string): string[] {
  return [...indexHtml.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, code]) => `'sha256-${createHash('sha256').update(code!).digest('base64')}'`,
  );
}

const readIndex = (pages = ADMIN_PAGES) =>
  existsSync(path.join(pages, 'index.html')) ? readFileSync(path.join(pages, 'index.html'), 'utf8') : '';

/** Other places the pages may reach: where pictures are served, and the object storage that takes uploads. Origins. */
export type Elsewhere = { pictures: readonly string[]; uploads: readonly string[] };

export type PageHeaders = Elsewhere & {
  /** People reach us over TLS. */
  https: boolean;
  /** Asked for: the names below ours are to be reached over TLS alone, too. They may be somebody else's. */
  hstsSubdomains: boolean;
};

const HALF_A_YEAR = 'max-age=15552000';

/**
 * Headers for every answer: nothing else is loaded from elsewhere, nobody frames us. What a route says itself stays.
 */
export const pageHeaders = ({ pictures, uploads, https, hstsSubdomains }: PageHeaders) =>
  secureHeaders({
    overwrite: false,
    strictTransportSecurity: https && (hstsSubdomains ? `${HALF_A_YEAR}; includeSubDomains` : HALF_A_YEAR),
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'", ...inlineScriptHashes(readIndex())],
      styleSrc: ["'self'", "'unsafe-inline'"], // positions of popovers are style attributes
      imgSrc: ["'self'", 'data:', ...pictures],
      connectSrc: ["'self'", ...uploads],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    crossOriginEmbedderPolicy: false,
  });

/** Nothing here is for a search engine; the links of customers least of all. */
export const noIndex = createMiddleware<HttpEnv>(async (c, next) => {
  await next();
  c.header('x-robots-tag', 'noindex');
});

const FOR_EVER = { 'cache-control': 'public, max-age=31536000, immutable' };
const NOT_BUILT = 'The pages have not been built. Run `npm start`, or `npm run dev` for the development server.';

/** Where links in mails about an account lead. Their token stands behind the #, so it never gets here. */
const ACCOUNT_PAGES = new Set(['/invite', '/reset']);

/** The admin: hashed files for ever, and the page itself for every address that is not a file, always fresh. */
export function adminPages(): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/assets/*', hashedFiles(ADMIN_PAGES), (c) => c.notFound());
  app.get('*', (c) => {
    const index = readIndex();
    if (!index) return c.text(NOT_BUILT, 503);
    c.header('cache-control', ACCOUNT_PAGES.has(c.req.path) ? 'no-store' : 'no-cache');
    return c.html(index);
  });
  return app;
}

/**
 * The customers' pages: one for every link of these prefixes, which it opens by itself; the address must not travel on.
 */
export function portalPages(prefixes: readonly string[]): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get(
    '/portal/assets/*',
    hashedFiles(PORTAL_PAGES, (file) => file.replace(/^\/portal/, '')),
    (c) => c.notFound(),
  );
  for (const prefix of prefixes) {
    app.get(`/${prefix}/:token`, (c) => {
      const index = readIndex(PORTAL_PAGES);
      if (!index) return c.text(NOT_BUILT, 503);
      c.header('cache-control', 'no-store');
      return c.html(index);
    });
  }
  return app;
}

const hashedFiles = (pages: string, rewriteRequestPath?: (file: string) => string) =>
  serveStatic({
    root: path.relative(process.cwd(), pages),
    ...(rewriteRequestPath && { rewriteRequestPath }),
    onFound: (_file, c) => Object.entries(FOR_EVER).forEach(([name, value]) => c.header(name, value)),
  });
