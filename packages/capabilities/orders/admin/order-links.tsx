import { Button } from '@windlass/ui/button';
import { RelativeTime } from '@windlass/ui/relative-time';
import { StatusChip } from '@windlass/ui/status-chip';
import { linkBadge } from '../../approvals/parts/link-badge.ts';
import { useLinkActions } from '../../approvals/parts/use-link-actions.tsx';
import { useMayAct } from '../../kit/person.tsx';
import type { OrderDetail } from '../contract.ts';

/** The customer's links: who used them, and how to take one back. */
export function OrderLinks({ links }: { links: OrderDetail['links'] }) {
  const { copy, revoke } = useLinkActions();
  const mayAct = useMayAct('operator');
  return (
    <ul className="flex flex-col border-y">
      {links.map((link) => (
        <li key={link.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-2 last:border-b-0">
          <span className="flex min-w-0 flex-1 basis-48 flex-col">
            <span className="truncate">{link.bundleName}</span>
            <span className="text-xs text-muted tabular-nums">
              {link.downloads} of {link.maxDownloads} downloads · {link.state === 'expired' ? 'expired ' : 'expires '}
              <RelativeTime at={new Date(link.expiresAt)} />
            </span>
          </span>
          <StatusChip {...linkBadge(link.state)} />
          {mayAct && link.state === 'active' && (
            <span className="flex gap-1">
              <Button size="sm" variant="quiet" onClick={() => copy.mutate({ linkId: link.id })}>
                Copy link
              </Button>
              <Button
                size="sm"
                variant="quiet"
                loading={revoke.isPending && revoke.variables.linkId === link.id}
                onClick={() => revoke.mutate({ linkId: link.id })}
              >
                Revoke link
              </Button>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
