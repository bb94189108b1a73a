import { useSearch } from '@tanstack/react-router';
import { linkStyle } from '@windlass/ui/link-style';
import { describeRange } from '../../kit/list-screen/describe-range.ts';
import { RouterLink } from '../../kit/render-link.tsx';
import type { UrlSearch } from '../../kit/url-search.ts';
import { listQuery, readList, tabLabels } from './order-tabs.ts';

/** The way back, to the tab and search one came from: "Orders · Problems · “tin roof”". */
export function BackToOrders() {
  const search = useSearch({ strict: false }) as UrlSearch;
  const list = readList(search);
  if (!search.tab)
    return (
      <RouterLink to="/orders" className={linkStyle}>
        Orders
      </RouterLink>
    );
  return (
    <RouterLink to={`/orders${listQuery(list)}`} className={linkStyle}>
      {['Orders', tabLabels[list.tab], list.q && `“${list.q}”`, describeRange(list)].filter(Boolean).join(' · ')}
    </RouterLink>
  );
}
