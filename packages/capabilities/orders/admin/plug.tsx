import { isAnyOf } from '@windlass/live/define-event';
import { FileUp, FileWarning, ShoppingBag } from 'lucide-react';
import { isJobReport, readJobReport } from '@windlass/queue/jobs/job-report';
import { isIdOf } from '../../kit/is-id-of.ts';
import { lazyPart } from '../../kit/lazy-part.ts';
import type { AdminPlug } from '../../kit/admin-plug.ts';
import { patchQuery } from '../../kit/patch-query.ts';
import type { OrderImport } from '../intake-contract.ts';
import { prefetchList } from './list-options.ts';
import { useFoundOrders } from './use-found-orders.ts';
import {
  importStarted,
  orderPlaced,
  ordersImported,
  refusedOrderSettled,
  sourceRefusedOrder,
  sourceRemoved,
} from '../events.ts';

export const adminPlug: AdminPlug = {
  screens: [
    {
      path: '/orders',
      component: lazyPart(() => import('./orders-screen.tsx').then((file) => file.default)),
      prefetch: prefetchList,
    },
    { path: '/orders/import', component: lazyPart(() => import('./import-screen.tsx').then((file) => file.default)) },
    { path: '/refused-orders', component: lazyPart(() => import('./refused-screen.tsx').then((file) => file.default)) },
    { path: '/orders/$id', component: lazyPart(() => import('./order-screen.tsx').then((file) => file.default)) },
  ],
  rail: [
    { label: 'Orders', to: '/orders', icon: <ShoppingBag aria-hidden size={16} />, waiting: 'orders' },
    {
      label: 'Not taken',
      to: '/refused-orders',
      icon: <FileWarning aria-hidden size={16} />,
      waiting: 'refused',
      onlyThen: true,
      role: 'operator',
    },
  ],
  places: [
    {
      label: 'Import orders from a file',
      to: '/orders/import',
      icon: <FileUp aria-hidden size={16} />,
      role: 'operator',
    },
  ],
  search: { label: 'Orders', useFound: useFoundOrders },
  timeline: () => import('./timeline.ts').then((file) => file.timeline),
  // The list mends its rows itself (kit/use-live-rows.tsx); only what counts or tells a whole story is fetched anew.
  invalidates(event) {
    const { topic, type, subject, data } = event;
    if (topic === 'jobs') return isIdOf('imp', data.serves) && !isJobReport(type) ? [['orders', 'import']] : [];
    if (isAnyOf(event, importStarted, ordersImported))
      return [
        ['orders', 'import'],
        ['orders', 'counts'],
      ];
    if (isAnyOf(event, sourceRefusedOrder, refusedOrderSettled, sourceRemoved))
      return [
        ['orders', 'sources'],
        ['orders', 'refused'],
      ];
    // What happens to an order's artwork stands on its timeline too; what happens to a picture does not.
    if (topic === 'artwork') return isIdOf('ord', subject) ? [['orders', 'get']] : [];
    if (isAnyOf(event, orderPlaced))
      return [
        ['orders', 'counts'],
        ['orders', 'sources'],
      ];
    return topic === 'orders' || topic === 'approvals' || topic === 'deliveries'
      ? [
          ['orders', 'counts'],
          ['orders', 'get'],
        ]
      : [];
  },
  outdates: ({ topic }) =>
    topic === 'orders' || topic === 'approvals' || topic === 'deliveries' ? [['orders', 'list']] : [],
  // An import says itself how far it is.
  patch(event, queryClient) {
    const report = readJobReport(event);
    if (report?.kind !== 'progress') return;
    patchQuery<OrderImport>(queryClient, ['orders', 'import'], (upload) =>
      upload.job?.id === event.subject && upload.job.state === 'active'
        ? { ...upload, job: { ...upload.job, progress: report.value, progressNote: report.note } }
        : upload,
    );
  },
};
