import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import type { List } from '../../kit/list-screen/use-list.tsx';
import type { ArtworkRow } from '../contract.ts';
import { ArtworkTile, TILE_FOOT } from './artwork-tile.tsx';
import { useSeen } from './use-seen.tsx';

/** Tiles are at least so wide; on a phone two stand side by side. In pixels. */
const LEAST = 168;
const GAP = 12;

export type GalleryGridProps = { list: List<ArtworkRow>; onRetry: (jobId: string) => void };

/**
 * The artwork as tiles. Only the rows in sight and a few around them are drawn, so that ten thousand scroll like ten.
 */
export function GalleryGrid({ list, onRetry }: GalleryGridProps) {
  const { rows, loading, focused } = list;
  const grid = useRef<HTMLDivElement>(null);
  const { width, top } = usePlace(grid);
  const columns = Math.max(2, Math.floor((width + GAP) / (LEAST + GAP)));
  const side = (width - GAP * (columns - 1)) / columns;
  const lineCount = loading ? 4 : Math.ceil(rows.length / columns);
  // eslint-disable-next-line react/incompatible-library -- its functions answer anew each time, and none of them is memoized here
  const virtual = useWindowVirtualizer({
    count: lineCount,
    estimateSize: () => side + TILE_FOOT,
    gap: GAP,
    overscan: 3,
    scrollMargin: top,
  });
  const lines = virtual.getVirtualItems();
  const inSight = lines.flatMap(({ index }) => rows.slice(index * columns, (index + 1) * columns));
  useSeen(inSight);

  useLayoutEffect(() => virtual.measure(), [virtual, side]);
  const at = focused === undefined ? -1 : rows.findIndex((row) => row.id === focused);
  useLayoutEffect(() => {
    if (at >= 0) virtual.scrollToIndex(Math.floor(at / columns), { align: 'auto' });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only where the keyboard moved: scrolling by hand must not be pulled back
  }, [at]);

  return (
    <div
      ref={grid}
      role="list"
      aria-label="Artwork"
      aria-busy={loading}
      className="relative mt-4"
      style={{ height: virtual.getTotalSize() }}
    >
      {width > 0 &&
        lines.map((line) => (
          <div
            key={line.key}
            className="absolute inset-x-0 grid"
            style={{ top: line.start - top, gap: GAP, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
          >
            {loading
              ? Array.from({ length: columns }, (_, i) => (
                  <div
                    key={i}
                    aria-hidden
                    className="animate-shimmer rounded-lg bg-sunken"
                    style={{ height: side + TILE_FOOT }}
                  />
                ))
              : rows
                  .slice(line.index * columns, (line.index + 1) * columns)
                  .map((row) => (
                    <ArtworkTile
                      key={row.id}
                      artwork={row}
                      side={side}
                      focused={row.id === focused}
                      onOpen={list.open}
                      onRetry={onRetry}
                    />
                  ))}
          </div>
        ))}
    </div>
  );
}

/** How wide the grid is and how far down the page it begins, now and after each change of the window. */
function usePlace(grid: React.RefObject<HTMLDivElement | null>): { width: number; top: number } {
  const [place, setPlace] = useState({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const element = grid.current!;
    const measure = () => {
      const next = { width: element.clientWidth, top: element.getBoundingClientRect().top + window.scrollY };
      setPlace((before) => (before.width === next.width && before.top === next.top ? before : next));
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    watcher.observe(document.body);
    return () => watcher.disconnect();
  }, [grid]);
  return place;
}
