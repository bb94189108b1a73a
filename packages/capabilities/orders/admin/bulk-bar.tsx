import { Button } from '@windlass/ui/button';
import { formatCount, formatCountOf } from '@windlass/ui/format';
import { SelectionBar } from '@windlass/ui/selection-bar';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { useState } from 'react';
import type { BatchDecision } from '../../approvals/contract.ts';
import { RejectDialog } from '../../approvals/parts/reject-dialog.tsx';
import { type Bulk, useWaitingCount } from '../../approvals/parts/use-bulk.tsx';
import type { Selection } from '../../kit/use-selection.tsx';

export type BulkBarProps = {
  selection: Selection;
  /** So many of the ticked ones an approval leaves out: their shop says something against them. */
  leftOut: number;
  bulk: Bulk;
  search: string;
  pageFull: boolean;
};

/**
 * What can be done with the ticked orders, or with all that wait: the count stands on the button before anything
 * happens.
 */
export function BulkBar({ selection, leftOut, bulk, search, pageFull }: BulkBarProps) {
  const [all, setAll] = useState(false);
  const ticked = selection.ids.length;
  const waiting = useWaitingCount(search, ticked > 0);
  const everything = all && waiting !== undefined;
  const count = ticked === 0 ? 0 : everything ? waiting : ticked;
  const [asking, setAsking] = useState(false);
  const run = (decision: BatchDecision, notes?: string) =>
    bulk.decide(
      decision,
      everything ? { allWaiting: { ...(search && { search }) } } : { orderIds: [...selection.ids] },
      notes,
    );
  useShortcuts('Orders', [
    { keys: 'a', label: 'Approve the selected orders', when: count > 0, run: () => run('approve') },
    { keys: 'r', label: 'Reject the selected orders', when: count > 0, run: () => setAsking(true) },
  ]);
  return (
    <SelectionBar count={count} onClear={selection.clear}>
      <Button
        variant="primary"
        kbd="a"
        loading={bulk.busy}
        onClick={() => run('approve')}
      >{`Approve ${formatCount(count)}`}</Button>
      <Button kbd="r" disabled={bulk.busy} onClick={() => setAsking(true)}>{`Reject ${formatCount(count)}`}</Button>
      {leftOut > 0 && (
        <span className="text-sm text-muted">{`${formatCountOf(leftOut, 'order')} not paid, cancelled or a test will be left out`}</span>
      )}
      {pageFull && !everything && waiting !== undefined && waiting > ticked && (
        <Button variant="quiet" onClick={() => setAll(true)}>{`Select all ${formatCount(waiting)} waiting`}</Button>
      )}
      <RejectDialog
        open={asking}
        onOpenChange={setAsking}
        what={formatCountOf(count, 'order')}
        onReject={(notes) => run('reject', notes)}
      />
    </SelectionBar>
  );
}
