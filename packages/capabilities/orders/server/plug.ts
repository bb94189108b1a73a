import { Counter } from 'prom-client';
import { defineServerPlug } from '../../kit/server-plug.ts';
import { jobs } from '../contract.ts';
import { HOOK_MOST_BYTES } from '../intake-contract.ts';
import { orderFileRoutes } from './file-routes.ts';
import { hookRoutes } from './hook-routes.ts';
import { resealSources } from './reseal-sources.ts';
import { labelOrders } from './label-orders.ts';
import { ordersRouter } from './router.ts';
import { orderRoutes } from './routes.ts';
import { countTooLarge } from './turn-away.ts';

export const serverPlug = defineServerPlug({
  router: ordersRouter,
  jobs,
  waiting: {
    orders: `from customer_order where shop_id = $1 and stage = 'waiting'`,
    /** What shops sent and could not be taken. */
    refused: `from source_order where shop_id = $1 and state = 'refused'`,
  },
  // An import is its operators' alone, and so is the name of its file.
  subjects: { ord: { labelsOf: labelOrders }, imp: { labelsOf: labelOrders, role: 'operator' } },
  entrances: [
    // Who wonders where a shop's order stays is told that it was too large.
    { path: '/hooks/*', admit: 'turn', mostBytes: HOOK_MOST_BYTES, onTooLarge: countTooLarge },
    { path: '/api/orders/imports', admit: 'stream' },
  ],
  routes({ services, authSecret, metrics }) {
    const hooks = new Counter({
      name: 'wl_webhook_total',
      help: 'Webhooks of shop systems',
      labelNames: ['system', 'result'],
      registers: [metrics],
    });
    return [
      hookRoutes(services, { onHook: (system, result) => hooks.inc({ system, result }) }),
      orderFileRoutes(services, { secret: authSecret }),
    ];
  },
  api: ({ services }) => orderRoutes(services),
  reseal: resealSources,
  seed: {
    after: ['approvals'],
    makes: '40 orders',
    fill: async ({ database, shopId }) => (await import('../seed/seed-orders.ts')).seedOrders(database, shopId),
  },
});
