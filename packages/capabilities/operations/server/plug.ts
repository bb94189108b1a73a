import { defineServerPlug } from '../../kit/server-plug.ts';
import { accountRoutes } from './account-routes.ts';
import { operationsRouter } from './router.ts';

/** What looks at passwords, or mails them, has a line of its own: packages/auth/src/hash-turns.ts. */
const signedOutPaths = ['/api/forgot-password', '/api/account-link', '/api/choose-password'];

export const serverPlug = defineServerPlug({
  router: operationsRouter,
  jobs: {},
  waiting: { jobs: `from job where shop_id = $1 and state = 'failed' and acknowledged_at is null` },
  entrances: signedOutPaths.map((path) => ({ path, admit: 'body', mostBytes: 4 * 1024 })),
  routes: ({ services, authSecret }) => [accountRoutes(services, { secret: authSecret })],
});
