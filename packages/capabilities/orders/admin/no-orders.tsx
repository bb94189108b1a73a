import { buttonClass } from '@windlass/ui/button';
import { EmptyState } from '@windlass/ui/empty-state';
import { NothingOnDays } from '../../kit/list-screen/nothing-on-days.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import type { OrderTab } from '../contract.ts';

const bodies: Record<OrderTab, { title: string; body: string }> = {
  waiting: {
    title: 'Nothing waits for you',
    body: 'Every order has been decided. New ones appear here by themselves.',
  },
  approved: {
    title: 'Nothing is in progress',
    body: 'Approved orders stand here until the mail server has taken their mail.',
  },
  delivered: {
    title: 'Nothing sent yet',
    body: 'Approve an order, and it comes here as soon as the mail server has taken its mail.',
  },
  problems: {
    title: 'No problems',
    body: 'Orders whose mail could not be delivered come here, with the reason and what to do.',
  },
  rejected: { title: 'Nothing rejected', body: 'Rejected orders come here, with the reason; each can be reopened.' },
  all: {
    title: 'No orders yet',
    body: 'Import a file, connect a Shopify or WooCommerce shop in Settings, or send orders to POST /api/v1/orders.',
  },
};

/**
 * An empty list says what would be here and what brings it; in a shop without any order, every tab says how the first
 * one comes.
 */
export function NoOrders({ tab, search, days }: { tab: OrderTab; search: string; days: string | undefined }) {
  if (days) return <NothingOnDays what="order" days={days} search={search} />;
  if (search) {
    return (
      <EmptyState
        title={`No order matches “${search}”`}
        body="Numbers match whole; names, addresses and references match in part."
        action={
          <RouterLink
            to={`/orders?tab=${tab === 'all' ? 'waiting' : 'all'}&q=${encodeURIComponent(search)}`}
            className={buttonClass({})}
          >
            {tab === 'all' ? 'Look in Waiting for you' : 'Look in all orders'}
          </RouterLink>
        }
      />
    );
  }
  const { title, body } = bodies[tab];
  return (
    <EmptyState
      title={title}
      body={body}
      {...(tab === 'all' && {
        action: (
          <a href="/api/docs" className={buttonClass({})}>
            How to send orders
          </a>
        ),
      })}
    />
  );
}
