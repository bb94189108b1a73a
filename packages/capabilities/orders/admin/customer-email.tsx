import { Button } from '@windlass/ui/button';
import { Copyable } from '@windlass/ui/copyable';
import { useState } from 'react';
import { useMayAct } from '../../kit/person.tsx';
import { AddressForm, type Unsent } from '../parts/address-form.tsx';

export type CustomerEmailProps = { orderId: string; version: number; email: string; unsent: Unsent | undefined };

/** The customer's address, and a way to correct it in place. */
export function CustomerEmail(props: CustomerEmailProps) {
  const [open, setOpen] = useState(false);
  // After the form, the keyboard goes on where it came from.
  const [wasOpen, setWasOpen] = useState(false);
  const mayAct = useMayAct('operator');
  if (open) return <AddressForm {...props} onClose={() => setOpen(false)} />;
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1.5">
      <Copyable value={props.email} label="e-mail address" />
      {mayAct && (
        <Button
          size="sm"
          variant="quiet"
          autoFocus={wasOpen}
          onClick={() => {
            setWasOpen(true);
            setOpen(true);
          }}
        >
          Correct address
        </Button>
      )}
    </span>
  );
}
