import type { ComponentProps } from 'react';
import { cx } from './cx.tsx';
import { controlClass, Field } from './field.tsx';
import type { FieldProps } from './field.tsx';

export type TextAreaProps = FieldProps & Omit<ComponentProps<'textarea'>, 'id' | 'children'>;

/** Several lines of text; grows with what is typed where the browser can, up to half the window. */
export function TextArea({ label, labelHidden, hint, error, optional, className, rows = 3, ...area }: TextAreaProps) {
  return (
    <Field {...{ label, labelHidden, hint, error, optional }}>
      {(ids) => (
        <textarea
          rows={rows}
          {...area}
          {...ids}
          className={cx(
            controlClass,
            'field-sizing-content max-h-[50dvh] min-h-16 py-1.5 pointer-coarse:text-lg',
            className,
          )}
        />
      )}
    </Field>
  );
}
