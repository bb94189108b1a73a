import type { ReactNode } from 'react';

/** Nothing here yet: what this is, what makes the first one appear, and the button that does it. */
export function EmptyState({
  title,
  body,
  action,
  icon,
}: {
  title: string;
  body: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-start gap-3 px-3 py-12 sm:items-center sm:py-20 sm:text-center">
      {icon && (
        <span aria-hidden className="text-faint">
          {icon}
        </span>
      )}
      <div className="flex max-w-md flex-col gap-1">
        <h2 className="text-lg font-semibold">{title}</h2>
        <p className="text-base text-pretty text-muted">{body}</p>
      </div>
      {action && <div className="flex flex-wrap gap-2 pt-1">{action}</div>}
    </div>
  );
}
