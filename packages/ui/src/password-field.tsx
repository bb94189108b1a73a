import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { ComponentProps } from 'react';
import { cx } from './cx.tsx';
import { controlClass, Field } from './field.tsx';
import type { FieldProps } from './field.tsx';

export type PasswordFieldProps = FieldProps & Omit<ComponentProps<'input'>, 'id' | 'type' | 'children'>;

/** A secret, hidden until one asks to see it. Say `autoComplete`: "current-password" or "new-password". */
export function PasswordField({ label, labelHidden, hint, error, optional, className, ...input }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field {...{ label, labelHidden, hint, error, optional }}>
      {(ids) => (
        <span className="relative">
          <input
            {...input}
            {...ids}
            type={shown ? 'text' : 'password'}
            spellCheck={false}
            autoCapitalize="none"
            className={cx(controlClass, 'h-8 pr-10 pointer-coarse:h-10 pointer-coarse:text-lg', className)}
          />
          <button
            type="button"
            aria-pressed={shown}
            aria-label={`Show ${label.toLowerCase()}`}
            onClick={() => setShown(!shown)}
            className={cx(
              'absolute inset-y-0 right-0 flex w-9 items-center justify-center rounded-md text-muted -outline-offset-2',
              'hover:text-ink',
            )}
          >
            {shown ? <EyeOff aria-hidden size={14} /> : <Eye aria-hidden size={14} />}
          </button>
        </span>
      )}
    </Field>
  );
}
