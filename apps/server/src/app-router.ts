import { router } from '@windlass/capabilities/kit/trpc';
import { plugs } from './plugs.ts';

type Routers = { [Name in keyof typeof plugs]: (typeof plugs)[Name]['router'] };

/** Every procedure of the house, by capability. */
export const appRouter = router(
  Object.fromEntries(Object.entries(plugs).map(([name, plug]) => [name, plug.router])) as Routers,
);
