import { buttonClass } from '@windlass/ui/button';
import { Download, FileUp } from 'lucide-react';
import { spanOf } from '../../kit/list-screen/date-range.ts';
import { useMayAct } from '../../kit/person.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import { listQuery, type OpenList } from './order-tabs.ts';

/** Orders as files: in from a CSV, out as the list stands. */
export function IntakeActions({ list }: { list: OpenList }) {
  if (!useMayAct('operator')) return null;
  return (
    <>
      <a
        href={`/orders/export.csv?${new URLSearchParams({ tab: list.tab, ...(list.q && { q: list.q }), ...spanOf(list) })}`}
        download
        className={buttonClass({})}
      >
        <Download aria-hidden size={14} />
        Export CSV
      </a>
      <RouterLink to={`/orders/import${listQuery(list)}`} className={buttonClass({})}>
        <FileUp aria-hidden size={14} />
        Import
      </RouterLink>
    </>
  );
}
