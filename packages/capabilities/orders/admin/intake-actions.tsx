import { buttonClass } from '@windlass/ui/button';
import { Download, FileUp } from 'lucide-react';
import { useMayAct } from '../../kit/person.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import type { OrderTab } from '../contract.ts';

/** Orders as files: in from a CSV, out as the list stands. */
export function IntakeActions({ tab, search }: { tab: OrderTab; search: string }) {
  if (!useMayAct('operator')) return null;
  return (
    <>
      <a href={`/orders/export.csv?${new URLSearchParams({ tab, ...(search && { q: search }) })}`} download className={buttonClass({})}>
        <Download aria-hidden size={14} />Export CSV
      </a>
      <RouterLink to="/orders/import" className={buttonClass({})}><FileUp aria-hidden size={14} />Import</RouterLink>
    </>
  );
}
