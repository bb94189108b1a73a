import type { ComponentProps } from 'react';
import { cx } from './cx.tsx';
import { controlClass, Field } from './field.tsx';
import type { FieldProps } from './field.tsx';

export type TextFieldProps = FieldProps & Omit<ComponentProps<'input'>, 'id' | 'children'>;

/** A line of text. What was typed stays when an error comes back. */
export function TextField({ label, labelHidden, hint, error, optional, className, ...input }: TextFieldProps) {
  return (
    <Field {...{ label, labelHidden, hint, error, optional }}>
      {(ids) => (
        <input
          {...input}
          {...ids}
          className={cx(controlClass, 'h-8 pointer-coarse:h-10 pointer-coarse:text-lg', className)}
        />
      )}
    </Field>
  );
}
