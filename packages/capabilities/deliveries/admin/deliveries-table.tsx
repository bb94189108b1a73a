import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { linkStyle } from '@windlass/ui/link-style';
import { RelativeTime } from '@windlass/ui/relative-time';
import { SkeletonRows } from '@windlass/ui/skeleton';
import { RouterLink } from '../../kit/render-link.tsx';
import type { DeliveryRow } from '../contract.ts';
import { DeliveryChip } from '../parts/delivery-status.tsx';

export type DeliveriesTableProps = { rows: readonly DeliveryRow[]; loading: boolean; focused: string | undefined; onOpen: (id: string) => void };

export function DeliveriesTable({ rows, loading, focused, onOpen }: DeliveriesTableProps) {
  if (loading) return <SkeletonRows rows={10} columns={['w-40', 'w-56', 'w-14', 'w-24', 'w-20', 'w-24']} />;
  return (
    <Table caption="Deliveries">
      <TableHead>
        <HeadCell className="w-1/4">To</HeadCell>
        <HeadCell className="w-1/3">Message</HeadCell>
        <HeadCell className="w-20">Order</HeadCell>
        <HeadCell className="w-36">State</HeadCell>
        <HeadCell numeric hideBelow="lg">Attempts</HeadCell>
        <HeadCell className="w-28" hideBelow="md">Made</HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((delivery) => (
          <Row key={delivery.id} focused={delivery.id === focused} onOpen={() => onOpen(delivery.id)}>
            <Cell card="title" clip>{delivery.recipientName}</Cell>
            <Cell card="sub" clip className="text-muted" title={delivery.errorSentence ?? delivery.subject}>
              {delivery.errorSentence ?? delivery.subject}
            </Cell>
            <Cell label="Order">
              {delivery.orderId && <RouterLink to={`/orders/${delivery.orderId}`} className={`${linkStyle} tabular-nums`}>{`#${delivery.orderNumber}`}</RouterLink>}
            </Cell>
            <Cell card="side"><DeliveryChip delivery={delivery} /></Cell>
            <Cell card="none" numeric hideBelow="lg">{delivery.attempts}</Cell>
            <Cell label="Made" hideBelow="md" className="whitespace-nowrap text-muted"><RelativeTime at={new Date(delivery.createdAt)} /></Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
