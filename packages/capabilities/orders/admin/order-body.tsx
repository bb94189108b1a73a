import { Copyable } from '@windlass/ui/copyable';
import { cx } from '@windlass/ui/cx';
import { formatAbsolute } from '@windlass/ui/format';
import { KeyValues } from '@windlass/ui/key-values';
import { Skeleton } from '@windlass/ui/skeleton';
import { Suspense } from 'react';
import { canRetry } from '../../deliveries/rules.ts';
import { lazyPart } from '../../kit/lazy-part.ts';
import type { OrderDetail } from '../contract.ts';
import { CustomerEmail } from './customer-email.tsx';
import { OrderLines } from './order-lines.tsx';
import { OrderLinks } from './order-links.tsx';
import { ShopChips } from './shop-chips.tsx';
import { ShopNote } from './shop-note.tsx';
import { orderMail } from './order-mail.ts';
import { OrderBar } from './order-status.tsx';
import { OrderTimeline } from './order-timeline.tsx';

/** Comes after the order: its pictures and the way to send more. */
const OrderArtwork = lazyPart(() => import('../../artwork/parts/order-artwork.tsx').then((file) => file.OrderArtwork));

/** Everything about an order: what is moving first, then what was ordered, then what happened. */
export function OrderBody({ order, narrow = false }: { order: OrderDetail; narrow?: boolean }) {
  // The drawer's own title is an h2.
  const heading = narrow ? 'h3' : 'h2';
  const newest = order.status === 'approved' ? orderMail(order) : undefined;
  const unsent = newest && (canRetry(newest.state) || newest.state === 'bounced') ? newest : undefined;
  // At the end of its column: they appear while one looks, and must not push anything.
  const links = order.links.length > 0 && (
    <Section title="Links" heading={heading}>
      <OrderLinks links={order.links} />
    </Section>
  );
  return (
    <div className={cx('grid gap-x-10 gap-y-6', !narrow && 'lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]')}>
      <div className="flex min-w-0 flex-col gap-6">
        <OrderBar order={order} />
        <ShopNote order={order} />
        <Section title="Lines" heading={heading}>
          <OrderLines order={order} />
        </Section>
        {!order.erased && (
          <Section title="Artwork" heading={heading}>
            <Suspense fallback={<Skeleton className="h-7 w-48" />}>
              <OrderArtwork orderId={order.id} orderNumber={order.number} />
            </Suspense>
          </Section>
        )}
        <Section title="Customer" heading={heading}>
          <KeyValues
            items={[
              { label: 'Name', value: order.customerName },
              {
                label: 'E-mail',
                value: order.erased ? (
                  'Erased'
                ) : (
                  <CustomerEmail
                    orderId={order.id}
                    version={order.version}
                    email={order.customerEmail}
                    unsent={unsent}
                  />
                ),
              },
              { label: 'Placed', value: formatAbsolute(new Date(order.placedAt)) },
              ...(order.paymentStatus || order.concerns.length > 0
                ? [
                    {
                      label: 'In the shop',
                      value: (
                        <span className="flex flex-wrap gap-1.5">
                          <ShopChips order={order} />
                        </span>
                      ),
                    },
                  ]
                : []),
              ...(order.reference
                ? [{ label: 'Reference', value: <Reference of={order} reference={order.reference} /> }]
                : []),
              ...(order.customerNote ? [{ label: 'Note', value: order.customerNote }] : []),
              ...(order.decidedBy
                ? [{ label: order.status === 'rejected' ? 'Rejected by' : 'Approved by', value: order.decidedBy }]
                : []),
              ...(order.adminNotes
                ? [
                    {
                      label: order.status === 'rejected' ? 'Reason' : 'Our notes',
                      value: <span className="wrap-anywhere whitespace-pre-line">{order.adminNotes}</span>,
                    },
                  ]
                : []),
            ]}
          />
        </Section>
        {!narrow && links}
      </div>
      <Section title="Timeline" heading={heading}>
        <OrderTimeline order={order} />
      </Section>
      {narrow && links}
    </div>
  );
}

/** What the shop calls it, with the connected shop that does: another may call one of its own so. */
function Reference({ of: { sourceName }, reference }: { of: OrderDetail; reference: string }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Copyable value={reference} label="reference" />
      {sourceName && <span className="text-muted">{sourceName}</span>}
    </span>
  );
}

function Section({
  title,
  heading: Heading,
  children,
}: {
  title: string;
  heading: 'h2' | 'h3';
  children: React.ReactNode;
}) {
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <Heading className="text-xs font-medium text-muted">{title}</Heading>
      {children}
    </section>
  );
}
