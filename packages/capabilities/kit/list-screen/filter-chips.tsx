import { X } from 'lucide-react';
import { useUrlState } from '../use-url-state.tsx';
import type { UrlSearch } from '../url-search.ts';
import { readRange } from './date-range.ts';
import { describeRange } from './describe-range.ts';

/** What narrows the list, each to be taken off. The counts on the tabs are of the whole. */
export function FilterChips({ what }: { what: string }) {
  const [range, setUrl] = useUrlState((search: UrlSearch) => readRange(search));
  const words = describeRange(range);
  if (!words) return null;
  return (
    <ul aria-label="Filters" className="flex flex-wrap gap-2 py-2">
      <li className="flex h-7 items-center gap-1 rounded-full border bg-sunken pr-1 pl-3 text-xs pointer-coarse:h-9">
        <span className="text-muted">{what}</span>
        <span className="font-medium">{words}</span>
        <button
          type="button"
          aria-label={`Remove the filter “${what}: ${words}”`}
          onClick={() => setUrl({ days: undefined, from: undefined, to: undefined })}
          className="flex size-5 items-center justify-center rounded-full text-muted hover:bg-hover hover:text-ink pointer-coarse:size-8"
        >
          <X aria-hidden size={12} />
        </button>
      </li>
    </ul>
  );
}
