import { buttonClass, Button } from '@windlass/ui/button';
import { formatAbsolute } from '@windlass/ui/format';
import { KeyValues } from '@windlass/ui/key-values';
import { linkStyle } from '@windlass/ui/link-style';
import { cx } from '@windlass/ui/cx';
import { useMayAct } from '../../kit/person.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import type { ArtworkDetail, ArtworkRow } from '../contract.ts';
import { decorationWords, fileFacts } from '../parts/artwork-badge.ts';
import type { ArtworkActions } from '../parts/use-artwork-actions.tsx';
import { ArtworkFailure } from './artwork-failure.tsx';

type Props = {
  artwork: ArtworkRow;
  detail: ArtworkDetail | undefined;
  view: string;
  onView: (view: 'proof' | 'compare') => void;
  actions: ArtworkActions;
  onRemoved: () => void;
  onAskChanges: () => void;
};

/** What belongs to the picture: whose it is, what it is for, what the customer said, and its file. */
export function ArtworkFacts({ artwork, detail, view, onView, actions, onRemoved, onAskChanges }: Props) {
  const mayAct = useMayAct('operator');
  const { reason } = artwork.file;
  const decoration = decorationWords(artwork.line?.decoration);
  return (
    <div className="flex flex-col gap-5 p-4">
      <ArtworkFailure artwork={artwork} detail={detail} onAskChanges={onAskChanges} />
      {reason && artwork.file.state === 'no_preview' && (
        <p className="text-sm text-pretty text-muted">
          {reason.sentence} {reason.hint}
        </p>
      )}
      {artwork.note && (
        <blockquote className="border-l-2 border-warning-solid pl-3 text-sm text-pretty wrap-anywhere whitespace-pre-line">
          {artwork.note}
        </blockquote>
      )}
      <KeyValues
        items={[
          {
            label: 'Order',
            value: (
              <RouterLink to={`/orders/${artwork.orderId}`} className={linkStyle}>
                #{artwork.orderNumber}
              </RouterLink>
            ),
          },
          { label: 'Customer', value: artwork.customerName },
          ...(artwork.line ? [{ label: 'For', value: artwork.line.title }] : []),
          ...(decoration ? [{ label: 'Decoration', value: decoration }] : []),
          { label: 'File', value: fileFacts(artwork.file) },
          {
            label: 'Sent',
            value: `${formatAbsolute(new Date(artwork.createdAt))}, by ${artwork.uploadedBy ?? 'the customer'}`,
          },
          ...(artwork.decidedAt
            ? [
                {
                  label: artwork.state === 'approved' ? 'Approved' : 'Answered',
                  value: `${formatAbsolute(new Date(artwork.decidedAt))}, by ${artwork.decidedBy ?? 'the customer'}`,
                },
              ]
            : []),
          {
            label: 'Version',
            value:
              detail && detail.versions.length > 1
                ? `${artwork.version} of ${detail.versions.length}`
                : String(artwork.version),
          },
        ]}
      />
      {artwork.proof && (
        <button
          type="button"
          aria-pressed={view === 'proof'}
          onClick={() => onView('proof')}
          className={cx(
            'flex flex-col gap-1.5 rounded-md border p-2 text-left hover:bg-hover',
            view === 'proof' ? 'border-accent' : 'border-line',
          )}
        >
          <img
            src={artwork.proof.url}
            alt=""
            width={artwork.proof.width}
            height={artwork.proof.height}
            loading="lazy"
            decoding="async"
            className="h-auto w-full rounded-sm"
          />
          <span className="text-xs text-muted">{view === 'proof' ? 'Back to the artwork' : 'Look at the proof'}</span>
        </button>
      )}
      <div className="flex flex-wrap gap-2">
        {detail && (
          <a href={detail.originalUrl} download className={buttonClass({ size: 'sm' })}>
            Download the file
          </a>
        )}
        {mayAct && (
          <Button
            size="sm"
            variant="quiet"
            onClick={() => {
              actions.remove.mutate({ id: artwork.id });
              onRemoved();
            }}
          >
            Remove artwork
          </Button>
        )}
      </div>
    </div>
  );
}
