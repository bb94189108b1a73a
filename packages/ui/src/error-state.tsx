import type { ReactNode } from 'react';
import { Copyable } from './copyable.tsx';
import { StatusIcon } from './status-icon.tsx';

/** A whole screen or panel that could not be shown: what happened, why, what to do, and the id to quote. */
export function ErrorState({
  sentence,
  cause,
  fix,
  action,
  requestId,
}: {
  sentence: string;
  cause?: ReactNode;
  fix: ReactNode;
  action?: ReactNode;
  requestId?: string;
}) {
  return (
    <div role="alert" className="flex max-w-xl flex-col items-start gap-3 px-3 py-12">
      <StatusIcon name="alert" size={18} className="text-danger-text" />
      <div className="flex flex-col gap-1">
        <h2 className="text-lg font-semibold">{sentence}</h2>
        {cause && <p className="text-base text-pretty text-muted">{cause}</p>}
        <p className="text-base text-pretty">{fix}</p>
      </div>
      {action && <div className="flex flex-wrap gap-2 pt-1">{action}</div>}
      {requestId && (
        <p className="flex items-baseline gap-2 text-xs text-muted">
          Request
          <Copyable value={requestId} label="request id" mono />
        </p>
      )}
    </div>
  );
}
