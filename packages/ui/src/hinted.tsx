import type { ReactNode } from 'react';
import { Tooltip } from './tooltip.tsx';

/**
 * A short word that says more on hover, focus and to screen readers: an abbreviation, a figure, a verdict. `plain`: no
 * dotted line under it.
 */
export function Hinted({ hint, children, plain }: { hint: string; children: ReactNode; plain?: boolean }) {
  return (
    <Tooltip hint={hint}>
      <button
        type="button"
        className={
          plain
            ? 'relative cursor-help rounded-sm'
            : 'relative cursor-help rounded-sm underline decoration-dotted underline-offset-2'
        }
      >
        {children}
        <span className="sr-only">, {hint}</span>
      </button>
    </Tooltip>
  );
}
