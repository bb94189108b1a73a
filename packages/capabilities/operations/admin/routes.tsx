import { Gauge, ListChecks, Settings, Zap } from 'lucide-react';
import { lazyPart } from '../../kit/lazy-part.ts';
import type { AdminPart } from '../../kit/screen.ts';

export const adminPart: AdminPart = {
  screens: [
    { path: '/jobs', component: lazyPart(() => import('./jobs-screen.tsx').then((file) => file.default)) },
    { path: '/budgets', component: lazyPart(() => import('./budgets-screen.tsx').then((file) => file.default)) },
    { path: '/trouble', component: lazyPart(() => import('./trouble-screen.tsx').then((file) => file.default)) },
    { path: '/settings', component: lazyPart(() => import('./settings-screen.tsx').then((file) => file.default)) },
  ],
  rail: [
    { label: 'Jobs', to: '/jobs', icon: <ListChecks aria-hidden size={16} />, waiting: 'jobs' },
    { label: 'Budgets', to: '/budgets', icon: <Gauge aria-hidden size={16} /> },
    { label: 'Trouble', to: '/trouble', icon: <Zap aria-hidden size={16} />, demo: true },
    { label: 'Settings', to: '/settings', icon: <Settings aria-hidden size={16} />, role: 'admin' },
  ],
  staleAfter: ({ topic, type }) => {
    if (topic === 'operations') return [['operations', 'trouble']];
    if (topic === 'jobs') {
      const failures = ['job.failed', 'job.acknowledged', 'job.queued', 'job.scheduled', 'job.succeeded'].includes(type)
        ? [['operations', 'failures']]
        : [];
      return [['operations', 'jobCounts'], ['operations', 'job'], ['operations', 'waiting'], ...failures];
    }
    return topic === 'orders' || topic === 'approvals' || topic === 'deliveries' ? [['operations', 'waiting']] : [];
  },
};
