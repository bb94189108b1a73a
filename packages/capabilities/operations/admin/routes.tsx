import { ListChecks, Settings } from 'lucide-react';
import { lazy } from 'react';
import type { AdminPart } from '../../kit/screen.ts';

export const adminPart: AdminPart = {
  screens: [
    { path: '/jobs', component: lazy(() => import('./jobs-screen.tsx')) },
    { path: '/settings', component: lazy(() => import('./settings-screen.tsx')) },
  ],
  rail: [
    { label: 'Jobs', to: '/jobs', icon: <ListChecks aria-hidden size={16} />, waiting: 'jobs' },
    { label: 'Settings', to: '/settings', icon: <Settings aria-hidden size={16} />, role: 'admin' },
  ],
  staleAfter: ({ topic }) => {
    if (topic === 'jobs') return [['operations', 'jobCounts'], ['operations', 'job'], ['operations', 'waiting']];
    return topic === 'orders' || topic === 'approvals' || topic === 'deliveries' ? [['operations', 'waiting']] : [];
  },
};
