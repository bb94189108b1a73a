import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { linkStyle } from '@windlass/ui/link-style';
import { RelativeTime } from '@windlass/ui/relative-time';
import { SkeletonRows } from '@windlass/ui/skeleton';
import { RouterLink } from '../../kit/render-link.tsx';
import type { DeliveryRow } from '../contract.ts';
import { DeliveryFix } from '../parts/delivery-fix.tsx';
import { DeliveryChip } from '../parts/delivery-status.tsx';

export type DeliveriesTableProps = {
  rows: readonly DeliveryRow[];
  loading: boolean;
  focused: string | undefined;
  onOpen: (id: string) => void;
};

export function DeliveriesTable({ rows, loading, focused, onOpen }: DeliveriesTableProps) {
  if (loading) return <SkeletonRows rows={10} columns={['w-40', 'w-56', 'w-14', 'w-24', 'w-20', 'w-24']} />;
  return (
    <Table caption="Deliveries">
      <TableHead>
        <HeadCell className="w-1/4">To</HeadCell>
        <HeadCell className="w-2/5">Message</HeadCell>
        <HeadCell className="w-32">For</HeadCell>
        <HeadCell className="w-36">State</HeadCell>
        <HeadCell numeric hideBelow="lg">
          Attempts
        </HeadCell>
        <HeadCell className="w-28" hideBelow="md">
          Created
        </HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((delivery) => (
          <Row key={delivery.id} focused={delivery.id === focused} onOpen={() => onOpen(delivery.id)}>
            <Cell card="title" clip>
              {delivery.recipientName}
            </Cell>
            <Cell card="sub" clip className="text-muted" title={delivery.errorSentence ?? delivery.subject}>
              <span className="flex items-center gap-3">
                <span className="min-w-0 truncate">{delivery.errorSentence ?? delivery.subject}</span>
                <span className="ml-auto flex shrink-0 max-2xl:in-[body:has([data-side-panel])]:hidden">
                  <DeliveryFix delivery={delivery} onOpen={() => onOpen(delivery.id)} />
                </span>
              </span>
            </Cell>
            <Cell label="For" className="whitespace-nowrap">
              {delivery.serves && (
                <RouterLink to={delivery.serves.to} className={`${linkStyle} tabular-nums`}>
                  {delivery.serves.label}
                </RouterLink>
              )}
            </Cell>
            <Cell card="side">
              <DeliveryChip delivery={delivery} />
            </Cell>
            <Cell card="none" numeric hideBelow="lg">
              {delivery.attempts}
            </Cell>
            <Cell label="Created" hideBelow="md" className="whitespace-nowrap text-muted">
              <RelativeTime at={new Date(delivery.createdAt)} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
