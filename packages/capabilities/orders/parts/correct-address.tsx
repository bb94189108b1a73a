import { useQuery } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import type { OrdersSlice } from '../server/router.ts';
import { AddressForm, type Unsent } from './address-form.tsx';

const useApi = sliceOf<OrdersSlice>();

/** In a failure's box: a button that becomes the form for the order's address, and sends the message with it. */
export function CorrectAddress({ orderId, unsent, primary }: { orderId: string; unsent: Unsent; primary: boolean }) {
  const [open, setOpen] = useState(false);
  // After the form, the keyboard goes on where it came from.
  const [wasOpen, setWasOpen] = useState(false);
  const order = useQuery(useApi().orders.get.queryOptions({ id: orderId }, { enabled: open })).data;
  if (open && order)
    return (
      <AddressForm
        orderId={orderId}
        version={order.version}
        email={order.customerEmail}
        unsent={unsent}
        onClose={() => setOpen(false)}
      />
    );
  return (
    <Button
      size="sm"
      variant={primary ? 'primary' : 'secondary'}
      autoFocus={wasOpen}
      loading={open}
      onClick={() => {
        setWasOpen(true);
        setOpen(true);
      }}
    >
      Correct address and resend
    </Button>
  );
}
