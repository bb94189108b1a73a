import { type IdPrefix, newId } from '@windlass/db/ids';
import type { Database } from '@windlass/db/open-database';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';

export const COOKIE_PREFIX = 'wl';
export const SESSION_DAYS = 7;

const prefixes: Record<string, IdPrefix> = { user: 'usr', session: 'ses', account: 'acc' };

/**
 * Password sign-in and its sessions. The library's own HTTP routes are not mounted: sign-in-routes.ts calls the two operations
 * we use, so that nothing else (sign-up, password reset, account linking) is reachable from outside.
 */
export function createAuth(prisma: Database['prisma'], options: { baseUrl: string; secret: string }) {
  return betterAuth({
    baseURL: options.baseUrl,
    secret: options.secret,
    database: prismaAdapter(prisma, { provider: 'postgresql', transaction: true }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    user: { additionalFields: { role: { type: 'string', input: false }, shopId: { type: 'string', input: false } } },
    session: { expiresIn: SESSION_DAYS * 24 * 3600 },
    telemetry: { enabled: false },
    rateLimit: { enabled: false }, // ours is atomic and shared by all replicas: limits.ts
    logger: { disabled: true }, // failures come back as values and are logged with their request
    trustedOrigins: [options.baseUrl],
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: options.baseUrl.startsWith('https:'),
      database: { generateId: ({ model }) => newId(prefixes[model] ?? 'acc') },
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;
