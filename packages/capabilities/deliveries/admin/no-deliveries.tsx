import { buttonClass } from '@windlass/ui/button';
import { EmptyState } from '@windlass/ui/empty-state';
import { NothingOnDays } from '../../kit/list-screen/nothing-on-days.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import type { DeliveryTab } from '../rules.ts';

const words: Record<DeliveryTab, { title: string; body: string }> = {
  all: { title: 'No messages yet', body: 'Approve an order, and its mail stands here from the click to the inbox.' },
  moving: { title: 'Nothing is in progress', body: 'Messages stand here until the mail server has taken them.' },
  accepted: { title: 'Nothing sent yet', body: 'Messages come here as soon as the mail server has taken them.' },
  problems: {
    title: 'No problems',
    body: 'Messages that could not be delivered come here, with the reason and what to do.',
  },
};

export type NoDeliveriesProps = { tab: DeliveryTab; search: string; days: string | undefined };

/** An empty list says what would be here and what brings it. */
export function NoDeliveries({ tab, search, days }: NoDeliveriesProps) {
  if (days) return <NothingOnDays what="delivery" days={days} search={search} />;
  if (search)
    return (
      <EmptyState
        title={`No delivery matches “${search}”`}
        body="Names, addresses and subjects match in part. A subject names its order: “#1042”."
      />
    );
  const orders = (
    <RouterLink to="/orders" className={buttonClass({})}>
      Go to Orders
    </RouterLink>
  );
  return <EmptyState {...words[tab]} {...(tab === 'all' && { action: orders })} />;
}
