import { Gauge, ListChecks, Settings, Zap } from 'lucide-react';
import { isAnyOf } from '@windlass/live/define-event';
import { jobAcknowledged, jobMoved } from '@windlass/queue/jobs/events';
import { isJobReport } from '@windlass/queue/jobs/job-report';
import { lazyPart } from '../../kit/lazy-part.ts';
import type { AdminPlug } from '../../kit/admin-plug.ts';
import { patchQuery } from '../../kit/patch-query.ts';
import type { JobDetail } from '../contract.ts';
import { patchJob } from '../parts/patch-job.ts';
import { TroubleLines } from '../parts/trouble-lines.tsx';
import { prefetchList } from './jobs-list.ts';

const choosePassword = lazyPart(() => import('./choose-password-screen.tsx').then((file) => file.ChoosePasswordScreen));

export const adminPlug: AdminPlug = {
  screens: [
    {
      path: '/jobs',
      component: lazyPart(() => import('./jobs-screen.tsx').then((file) => file.default)),
      prefetch: prefetchList,
    },
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
  Notices: TroubleLines,
  account: [
    {
      label: 'Change password',
      Dialog: lazyPart(() => import('../parts/change-password.tsx').then((file) => file.ChangePassword)),
    },
  ],
  signedOutScreens: [
    { path: '/forgot', component: lazyPart(() => import('./forgot-screen.tsx').then((file) => file.ForgotScreen)) },
    { path: '/reset', component: choosePassword },
    { path: '/invite', component: choosePassword },
  ],
  invalidates: ({ topic, type }) => {
    if (topic === 'operations') return [['operations', 'trouble']];
    if (topic === 'jobs') {
      if (isJobReport(type)) return [];
      const { failed, queued, scheduled, succeeded } = jobMoved;
      const failures = isAnyOf({ type }, failed, jobAcknowledged, queued, scheduled, succeeded)
        ? [['operations', 'failures']]
        : [];
      return [['operations', 'jobCounts'], ['operations', 'job'], ['operations', 'waiting'], ...failures];
    }
    return topic === 'orders' || topic === 'approvals' || topic === 'deliveries' ? [['operations', 'waiting']] : [];
  },
  outdates: ({ topic }) => (topic === 'jobs' ? [['operations', 'jobs']] : []),
  patch(event, queryClient) {
    if (!isJobReport(event.type)) return;
    patchQuery<JobDetail>(queryClient, ['operations', 'job'], (job) =>
      job.id === event.subject ? (patchJob(job, event) ?? job) : job,
    );
  },
};
