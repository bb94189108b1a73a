import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { sliceOf } from '../../kit/api.ts';
import type { ArtworkRow } from '../contract.ts';
import type { ArtworkSlice } from '../server/router.ts';

const useApi = sliceOf<ArtworkSlice>();

/** Long enough that a quick scroll past is no look. */
const LOOK_MS = 300;
/** What still waits is asked for again: its job may have been lost. */
const AGAIN_MS = 15_000;

/** Says what stands on the screen without its pictures, so that they are made before all others. */
export function useSeen(inSight: readonly ArtworkRow[]): void {
  const { mutate } = useMutation(useApi().artwork.see.mutationOptions());
  const asked = useRef(new Map<string, number>());
  const waiting = inSight.filter((row) => row.file.state === 'waiting').map((row) => row.id);
  const key = waiting.join(' ');
  useEffect(() => {
    if (key === '') return undefined;
    const look = () => {
      const now = Date.now();
      const ids = key
        .split(' ')
        .filter((id) => now - (asked.current.get(id) ?? 0) > AGAIN_MS)
        .slice(0, 100);
      if (ids.length === 0) return;
      for (const id of ids) asked.current.set(id, now);
      mutate({ ids });
    };
    const first = setTimeout(look, LOOK_MS);
    const again = setInterval(look, AGAIN_MS + LOOK_MS);
    return () => {
      clearTimeout(first);
      clearInterval(again);
    };
  }, [key, mutate]);
}
