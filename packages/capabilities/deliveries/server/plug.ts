import { defineServerPlug } from '../../kit/server-plug.ts';
import { clickToAcceptedBudget, makeLinksBudget, sendMailBudget } from '../budgets.ts';
import { jobs } from '../contract.ts';
import { jobLives } from '../job-lives.ts';
import { holdAllShops } from '../restored/hold-messages.ts';
import { warnIfRestored } from '../restored/warn-if-restored.ts';
import { deliveriesRouter } from './router.ts';

export const serverPlug = defineServerPlug({
  router: deliveriesRouter,
  jobs,
  jobLives,
  budgets: [makeLinksBudget, sendMailBudget, clickToAcceptedBudget],
  waiting: {
    deliveries: `from delivery where shop_id = $1 and state in ('failed', 'bounced', 'uncertain') and acknowledged_at is null`,
  },
  hold: holdAllShops,
  atStart: warnIfRestored,
});
