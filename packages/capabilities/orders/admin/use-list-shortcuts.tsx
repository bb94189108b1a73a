import { useShortcuts } from '@windlass/ui/use-shortcuts';
import type { Decisions } from '../../approvals/parts/use-decisions.tsx';
import type { OrderRow } from '../contract.ts';

export type ListShortcuts = {
  /** The row the keyboard stands on, if it can be decided by itself now. */
  target: OrderRow | undefined;
  open: (id: string) => void;
  decisions: Decisions;
};

/** a and r decide the order the keyboard stands on. */
export function useListShortcuts({ target, open, decisions }: ListShortcuts): void {
  const { id: orderId = '', number = 0, version = 0, concerns = [] } = target ?? {};
  const when = target !== undefined;
  useShortcuts('Orders', [
    // What its shop says something against is looked at first: there is no key for it.
    {
      keys: 'a',
      label: 'Approve the order',
      when,
      run: () => (concerns.length > 0 ? open(orderId) : decisions.approve.mutate({ orderId, version })),
    },
    { keys: 'r', label: 'Reject the order', when, run: () => decisions.askReject({ orderId, number, version }) },
  ]);
}
