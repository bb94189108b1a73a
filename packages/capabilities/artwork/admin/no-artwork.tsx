import { buttonClass } from '@windlass/ui/button';
import { EmptyState } from '@windlass/ui/empty-state';
import { Images } from 'lucide-react';
import { RouterLink } from '../../kit/render-link.tsx';
import type { ArtworkTab } from '../contract.ts';

const bodies: Record<ArtworkTab, { title: string; body: string }> = {
  awaiting: {
    title: 'No proofs to send',
    body: 'Artwork stands here from the moment it is sent until its proof goes to the customer.',
  },
  sent: { title: 'No proof is out', body: 'Send a proof, and the artwork stands here until the customer answers.' },
  changes: { title: 'No changes asked for', body: 'What customers want changed comes here, with their words.' },
  approved: { title: 'Nothing approved yet', body: 'What a customer approves for printing comes here.' },
  problems: {
    title: 'No problems',
    body: 'Files of which no picture could be made come here, with the reason and what to do.',
  },
  all: {
    title: 'No artwork yet',
    body: 'Open an order and copy its artwork link for the customer, or drop files on the order yourself.',
  },
};

/** An empty gallery says what would be here and what brings it. */
export function NoArtwork({ tab, search }: { tab: ArtworkTab; search: string }) {
  if (search) {
    return (
      <EmptyState
        title={`No artwork matches “${search}”`}
        body="Order numbers match whole; names of customers and files match in part."
        {...(tab !== 'all' && {
          action: (
            <RouterLink to={`/artwork?tab=all&q=${encodeURIComponent(search)}`} className={buttonClass({})}>
              Look in all artwork
            </RouterLink>
          ),
        })}
      />
    );
  }
  const { title, body } = bodies[tab];
  return (
    <EmptyState
      title={title}
      body={body}
      icon={<Images size={24} />}
      {...(tab === 'all' && {
        action: (
          <RouterLink to="/orders?tab=all" className={buttonClass({})}>
            Go to Orders
          </RouterLink>
        ),
      })}
    />
  );
}
