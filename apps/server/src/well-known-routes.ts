import type { HttpEnv } from '@windlass/capabilities/kit/http';
import { Hono } from 'hono';

/**
 * A back office has nothing to be found. Customers' pages may be looked at by a robot that was sent a link, since their
 * header then says that they are in no index; an address that is forbidden here may be listed all the same, with its
 * token.
 */
const robots = (prefixes: readonly string[]): string =>
  ['User-agent: *', ...prefixes.toSorted().map((prefix) => `Allow: /${prefix}/`), 'Disallow: /', ''].join('\n');
/** RFC 9116 asks for less than a year. */
const EXPIRES_DAYS = 180;

export type WellKnown = {
  publicUrl: string;
  /** `mailto:` or `https:`; undefined: the address that RFC 2142 gives to every house. */
  securityContact: string | undefined;
  /** Of customers' links. */
  prefixes: readonly string[];
};

/** GET /robots.txt and GET /.well-known/security.txt (RFC 9116). */
export function wellKnownRoutes({ publicUrl, securityContact, prefixes }: WellKnown): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/robots.txt', (c) => c.text(robots(prefixes), 200, { 'cache-control': 'public, max-age=86400' }));
  app.get('/.well-known/security.txt', (c) => {
    const contact = securityContact ?? `mailto:security@${new URL(publicUrl).hostname}`;
    const expires = new Date(Math.floor(Date.now() / 86_400_000 + EXPIRES_DAYS) * 86_400_000).toISOString();
    return c.text(
      `Contact: ${contact}\nExpires: ${expires}\nPreferred-Languages: en\nCanonical: ${publicUrl}/.well-known/security.txt\n`,
    );
  });
  return app;
}
