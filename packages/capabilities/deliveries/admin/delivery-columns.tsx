import type { Column } from '../../kit/list-screen/column.tsx';
import { createdColumn, servesColumn } from '../../kit/list-screen/common-columns.tsx';
import type { DeliveryRow } from '../contract.ts';
import { DeliveryFix } from '../parts/delivery-fix.tsx';
import { DeliveryChip } from '../parts/delivery-status.tsx';

export const deliveryColumns: readonly Column<DeliveryRow>[] = [
  {
    head: 'To',
    width: 'w-1/4',
    bar: 'w-40',
    card: 'title',
    clip: true,
    cell: (delivery) => delivery.recipientName,
  },
  {
    head: 'Message',
    width: 'w-2/5',
    bar: 'w-56',
    card: 'sub',
    clip: true,
    className: 'text-muted',
    title: (delivery) => delivery.errorSentence ?? delivery.subject,
    cell: (delivery, open) => (
      <span className="flex items-center gap-3">
        <span className="min-w-0 truncate">{delivery.errorSentence ?? delivery.subject}</span>
        <span className="ml-auto flex shrink-0 max-2xl:in-[body:has([data-side-panel])]:hidden">
          <DeliveryFix delivery={delivery} onOpen={open} />
        </span>
      </span>
    ),
  },
  servesColumn,
  {
    head: 'State',
    width: 'w-36',
    bar: 'w-24',
    card: 'side',
    cell: (delivery) => <DeliveryChip delivery={delivery} />,
  },
  {
    head: 'Attempts',
    bar: 'w-20',
    card: 'none',
    numeric: true,
    hideBelow: 'lg',
    cell: (delivery) => delivery.attempts,
  },
  createdColumn,
];
