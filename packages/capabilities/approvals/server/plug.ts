import { Counter } from 'prom-client';
import { defineServerPlug } from '../../kit/server-plug.ts';
import { approveBudget, removedSteps } from '../budgets.ts';
import { followMessages } from '../../orders/operations.ts';
import { jobs } from '../contract.ts';
import { jobLives } from '../stop-batches.ts';
import { previewBundleLinks } from './preview-bundle-links.ts';
import { approvalsRouter } from './router.ts';
import { downloadRoutes } from './routes.ts';

export const serverPlug = defineServerPlug({
  router: approvalsRouter,
  jobs,
  jobLives,
  messageSettlers: { 'bundle-links': followMessages },
  budgets: [approveBudget],
  removedSteps,
  seed: {
    makes: 'five bundles of real files',
    fill: async (shop) => (await import('../seed/seed-bundles.ts')).seedBundles(shop),
  },
  previews: { 'bundle-links': previewBundleLinks },
  links: [{ prefix: 'd', page: 'own' }],
  entrances: [
    { path: '/d/*', admit: 'turn', mostBytes: 4 * 1024 },
    { path: '/api/download/*', admit: 'turn', mostBytes: 0 },
  ],
  routes({ services, metrics }) {
    const downloads = new Counter({
      name: 'wl_download_total',
      help: 'Downloads',
      labelNames: ['result'],
      registers: [metrics],
    });
    return [downloadRoutes(services, { onDownload: (result) => downloads.inc({ result }) })];
  },
});
