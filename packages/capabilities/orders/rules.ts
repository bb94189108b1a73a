import type { OrderStage, OrderStatus, OrderTab } from './contract.ts';

/** What a tab shows: the orders of a stage, those decided so, or all. Each is read by an index of its own. */
export type TabFilter = { stage: OrderStage } | { status: Extract<OrderStatus, 'rejected'> } | null;

export function filterOf(tab: OrderTab): TabFilter {
  switch (tab) {
    case 'waiting':
      return { stage: 'waiting' };
    case 'approved':
      return { stage: 'moving' };
    case 'delivered':
      return { stage: 'delivered' };
    case 'problems':
      return { stage: 'problem' };
    case 'rejected':
      return { status: 'rejected' };
    case 'all':
      return null;
  }
}

/** A tab's filter as a condition on a table named `o`; the values are words of ours. Undefined: none. */
export function tabCondition(filter: TabFilter): string | undefined {
  if (!filter) return undefined;
  return 'stage' in filter ? `o.stage = '${filter.stage}'` : `o.status = '${filter.status}'`;
}
