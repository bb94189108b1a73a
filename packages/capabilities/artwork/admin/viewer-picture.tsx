import { cx } from '@windlass/ui/cx';
import { ThumbhashPicture } from '@windlass/ui/thumbhash-picture';
import { useEffect, useRef } from 'react';
import type { ArtworkRow } from '../contract.ts';
import { ArtworkPicture } from '../parts/artwork-picture.tsx';

/** The picture of the viewer: fitted into the window, or as large as it is, to be moved about. */
export function ViewerPicture({
  artwork,
  proof = false,
  zoomed,
  caption,
}: {
  artwork: ArtworkRow;
  proof?: boolean;
  zoomed: boolean;
  caption?: string;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const picture = proof ? artwork.proof : artwork.full;
  useEffect(() => {
    const box = frame.current;
    // From the fitted picture to its middle, not to its corner.
    if (zoomed && box)
      box.scrollTo({ left: (box.scrollWidth - box.clientWidth) / 2, top: (box.scrollHeight - box.clientHeight) / 2 });
  }, [zoomed, picture?.url]);
  return (
    <figure className="relative flex min-h-0 min-w-0 flex-1 flex-col border-line not-first:border-l">
      <div
        ref={frame}
        className={cx(
          'flex min-h-0 flex-1 p-4',
          zoomed ? 'overflow-auto' : 'items-center justify-center overflow-hidden',
        )}
      >
        {picture ? (
          <ThumbhashPicture
            key={picture.url}
            src={picture.url}
            thumbhash={proof ? null : artwork.file.thumbhash}
            width={picture.width}
            height={picture.height}
            alt={proof ? `Proof of ${artwork.name}` : artwork.name}
            eager
            className={zoomed ? 'm-auto max-h-none max-w-none shrink-0' : undefined}
          />
        ) : (
          <div className="size-full max-w-md self-center">
            <ArtworkPicture artwork={artwork} size="full" className="text-sm" />
          </div>
        )}
      </div>
      {caption && (
        <figcaption className="shrink-0 border-t bg-canvas py-1.5 text-center text-xs text-muted">{caption}</figcaption>
      )}
    </figure>
  );
}
