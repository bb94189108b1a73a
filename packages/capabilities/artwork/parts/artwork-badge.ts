import type { StatusBadge } from '@windlass/ui/status-chip';
import { formatBytes } from '@windlass/ui/format';
import { stepTitle } from '../../kit/job-catalogue.ts';
import { type ArtworkRow, type ArtworkState, jobs } from '../contract.ts';

/** How each state of an art approval looks: the one map. */
export function artworkBadge(state: ArtworkState): StatusBadge {
  switch (state) {
    case 'awaiting':
      return { tone: 'neutral', icon: 'circle', label: 'Proof to send' };
    case 'sent':
      return { tone: 'info', icon: 'arrow', label: 'Proof sent' };
    case 'changes_requested':
      return { tone: 'warning', icon: 'alert', label: 'Changes requested' };
    case 'approved':
      return { tone: 'success', icon: 'check', label: 'Approved' };
  }
}

/** What is being done for the pictures of an artwork, in words; undefined: nothing is. */
export function workWords({ file, job }: Pick<ArtworkRow, 'file' | 'job'>): string | undefined {
  if (file.state !== 'waiting') return undefined;
  if (!job || job.state === 'queued' || job.state === 'scheduled') return 'Queued';
  if (job.state === 'retrying') return 'Trying again';
  return job.step ? stepTitle(jobs, 'artwork.prepare', job.step) : 'Beginning';
}

/** The job has failed for good: a person may run it again. */
export const workFailed = ({ file, job }: Pick<ArtworkRow, 'file' | 'job'>): boolean =>
  file.state === 'waiting' && (job?.state === 'failed' || job?.state === 'cancelled');

/** "PNG · 4,000 × 3,000 · 2.1 MB" */
export const fileFacts = ({ kind, width, height, sizeBytes, spareChannel }: ArtworkRow['file']): string =>
  [
    kind.toUpperCase(),
    width && height ? `${width.toLocaleString('en')} × ${height.toLocaleString('en')}` : undefined,
    formatBytes(sizeBytes),
    // Programs differ: some take such a channel for transparency. Whoever prints it must know.
    spareChannel ? 'unspecified extra channel, not shown as transparency' : undefined,
  ]
    .filter(Boolean)
    .join(' · ');

/** "Screen print, left chest, 9 × 9 cm" */
export function decorationWords(
  decoration: { method: string | null; location: string | null; size: string | null } | undefined,
): string | undefined {
  const words = [decoration?.method, decoration?.location, decoration?.size].filter(Boolean).join(', ');
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : undefined;
}
