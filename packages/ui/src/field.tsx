import { useId } from 'react';
import type { ReactNode } from 'react';
import { cx } from './cx.tsx';

/** The look of anything one types in or chooses from. */
export const controlClass = cx(
  'w-full rounded-md border border-edge bg-canvas px-2.5 text-sm text-ink transition-colors duration-100',
  'hover:border-muted focus-visible:border-focus focus-visible:-outline-offset-1',
  'aria-invalid:border-danger-solid disabled:bg-sunken disabled:text-muted',
);

export type FieldProps = {
  label: string;
  /** The label is for screen readers only; the place makes it plain to the eye. */
  labelHidden?: boolean;
  hint?: ReactNode;
  /** Takes the hint's place, in the same line. */
  error?: string;
  optional?: boolean;
};

type ControlIds = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined };

/** Label, control, and one line for the hint or the error. `children` receives what ties the control to them. */
export function Field({
  label,
  labelHidden,
  hint,
  error,
  optional,
  children,
}: FieldProps & {
  children: (ids: ControlIds) => ReactNode;
}) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-sm font-medium'}>
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': error ? true : undefined })}
      {note && (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={cx('text-xs', error ? 'text-danger-text' : 'text-muted')}
        >
          {note}
        </p>
      )}
    </div>
  );
}
