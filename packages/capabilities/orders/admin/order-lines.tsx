import { formatBytes, formatMoney } from '@windlass/ui/format';
import { Package, PackageOpen } from 'lucide-react';
import { decorationWords } from '../../artwork/parts/artwork-badge.ts';
import type { OrderDetail } from '../contract.ts';

/** What was ordered, with what each line delivers. */
export function OrderLines({ order }: { order: OrderDetail }) {
  return (
    <div className="flex flex-col">
      <ul className="flex flex-col border-y">
        {order.lines.map((line) => (
          <li key={line.position} className="flex items-center gap-3 border-b py-2 last:border-b-0">
            <span className="flex size-8 shrink-0 items-center justify-center rounded-md border bg-sunken text-muted">
              {line.bundle ? <Package aria-hidden size={16} /> : <PackageOpen aria-hidden size={16} />}
            </span>
            <span className="flex min-w-0 flex-1 flex-col">
              <span className="truncate font-medium">{line.title}</span>
              <span className="truncate text-xs text-muted">
                {[line.sku, decorationWords(line.decoration) ?? describeBundle(line.bundle)].join(' · ')}
              </span>
            </span>
            <span className="shrink-0 text-right tabular-nums">
              {line.quantity > 1 && <span className="text-muted">{line.quantity} × </span>}
              {formatMoney(line.unit.minor, line.unit.currency)}
            </span>
          </li>
        ))}
      </ul>
      <p className="flex justify-between pt-2 font-medium tabular-nums">
        <span>Total</span>
        <span>{formatMoney(order.total.minor, order.total.currency)}</span>
      </p>
    </div>
  );
}

function describeBundle(bundle: OrderDetail['lines'][number]['bundle']): string {
  if (!bundle) return 'nothing to download';
  return bundle.ready ? formatBytes(bundle.sizeBytes) : 'file not there yet';
}
