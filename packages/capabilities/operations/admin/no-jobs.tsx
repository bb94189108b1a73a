import { buttonClass } from '@windlass/ui/button';
import { EmptyState } from '@windlass/ui/empty-state';
import { RouterLink } from '../../kit/render-link.tsx';
import type { JobTab } from '../contract.ts';

const words: Record<JobTab, { title: string; body: string }> = {
  all: {
    title: 'No jobs yet',
    body: 'Each click that causes heavy work makes a job: approve an order and watch its mail being sent.',
  },
  moving: { title: 'Nothing is in progress', body: 'Jobs stand here while they are queued, run or are tried again.' },
  failed: { title: 'Nothing failed', body: 'Jobs that need a person come here, with the reason and what to do.' },
  done: { title: 'Nothing is done yet', body: 'Jobs come here when they have ended.' },
};

/** An empty list says what would be here and what brings it. */
export function NoJobs({ tab }: { tab: JobTab }) {
  const orders = (
    <RouterLink to="/orders" className={buttonClass({})}>
      Go to Orders
    </RouterLink>
  );
  return <EmptyState {...words[tab]} {...(tab === 'all' && { action: orders })} />;
}
