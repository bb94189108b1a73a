import { type TimelineWords, tells } from '../../kit/timeline-words.ts';
import {
  artworkApproved,
  artworkLinkRestored,
  artworkLinkRevoked,
  artworkRemoved,
  artworkRestored,
  changesRequested,
  proofSent,
  uploaded,
} from '../events.ts';

/** How what people did with an order's artwork reads on its timeline. */
export const timeline: TimelineWords = {
  words: [
    tells(uploaded, {
      tell: (artwork) => ({
        title: `${(artwork.version ?? 1) > 1 ? 'New version of' : 'Artwork sent:'} ${nameOf(artwork)}`,
        actor: artwork.by,
      }),
      together: {
        alike: (before, next) => before.by === next.by,
        tell: (count, { by }) => ({ title: `${count} files of artwork sent`, actor: by }),
      },
    }),
    tells(proofSent, (artwork) => ({ title: `Proof sent: ${nameOf(artwork)}`, icon: 'arrow', actor: artwork.by })),
    tells(artworkApproved, (artwork) => ({
      title: `Approved for printing: ${nameOf(artwork)}`,
      tone: 'success',
      icon: 'check',
      actor: artwork.by,
    })),
    tells(changesRequested, (artwork) => ({
      title: `Changes requested: ${nameOf(artwork)}`,
      tone: 'warning',
      icon: 'alert',
      actor: artwork.by,
      ...(artwork.note && { aside: artwork.note }),
    })),
    tells(artworkRemoved, (artwork) => ({
      title: `Artwork removed: ${nameOf(artwork)}`,
      icon: 'ban',
      actor: artwork.by,
    })),
    tells(artworkRestored, (artwork) => ({ title: `Artwork put back: ${nameOf(artwork)}`, actor: artwork.by })),
    tells(artworkLinkRevoked, ({ by }) => ({
      title: 'The customer’s artwork link was closed',
      icon: 'ban',
      actor: by,
    })),
    tells(artworkLinkRestored, ({ by }) => ({ title: 'Closing undone: the artwork link opens again', actor: by })),
  ],
};

const nameOf = ({ name, version = 1 }: { name?: string; version?: number }): string =>
  `${name}${version > 1 ? `, version ${version}` : ''}`;
