import { Button } from '@windlass/ui/button';
import { formatCount } from '@windlass/ui/format';
import { SelectionBar } from '@windlass/ui/selection-bar';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { useState } from 'react';
import type { BatchDecision } from '../../approvals/contract.ts';
import { type Bulk, useWaitingCount } from '../../approvals/parts/use-bulk.tsx';
import type { Selection } from '../../kit/use-selection.tsx';

export type BulkBarProps = { selection: Selection; bulk: Bulk; search: string; pageFull: boolean };

/** What can be done with the ticked orders, or with all that wait: the count stands on the button before anything happens. */
export function BulkBar({ selection, bulk, search, pageFull }: BulkBarProps) {
  const [all, setAll] = useState(false);
  const ticked = selection.ids.length;
  const waiting = useWaitingCount(search, ticked > 0);
  const everything = all && waiting !== undefined;
  const count = ticked === 0 ? 0 : everything ? waiting : ticked;
  const run = (decision: BatchDecision) =>
    bulk.decide(decision, everything ? { allWaiting: { ...(search && { search }) } } : { orderIds: [...selection.ids] });
  useShortcuts('Orders', [
    { keys: 'a', label: 'Approve the selected orders', when: count > 0, run: () => run('approve') },
    { keys: 'r', label: 'Reject the selected orders', when: count > 0, run: () => run('reject') },
  ]);
  return (
    <SelectionBar count={count} onClear={selection.clear}>
      <Button variant="primary" kbd="a" loading={bulk.busy} onClick={() => run('approve')}>{`Approve ${formatCount(count)}`}</Button>
      <Button kbd="r" disabled={bulk.busy} onClick={() => run('reject')}>Reject</Button>
      {pageFull && !everything && waiting !== undefined && waiting > ticked && (
        <Button variant="quiet" onClick={() => setAll(true)}>{`Select all ${formatCount(waiting)} waiting`}</Button>
      )}
    </SelectionBar>
  );
}
