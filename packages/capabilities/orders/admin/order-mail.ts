import type { OrderDetail } from '../contract.ts';

/** The newest message of what its approval sends: proofs of artwork have deliveries of their own, and move no order. */
export const orderMail = ({
  deliveries,
  delivery,
}: Pick<OrderDetail, 'deliveries' | 'delivery'>): OrderDetail['deliveries'][number] | undefined =>
  delivery ? deliveries.find(({ id }) => id === delivery.id) : undefined;
