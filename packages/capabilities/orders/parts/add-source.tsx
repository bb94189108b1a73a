import { useMutation } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { Copyable } from '@windlass/ui/copyable';
import { KeyValues } from '@windlass/ui/key-values';
import { PasswordField } from '@windlass/ui/password-field';
import { Select } from '@windlass/ui/select';
import { TextField } from '@windlass/ui/text-field';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { ShopSystem } from '../intake-contract.ts';
import type { OrdersSlice } from '../server/router.ts';

const useApi = sliceOf<OrdersSlice>();
const systems: { value: ShopSystem; label: string }[] = [
  { value: 'shopify', label: 'Shopify' },
  { value: 'woocommerce', label: 'WooCommerce' },
];
/** Where the rest is done, over there. */
const steps: Record<ShopSystem, string> = {
  shopify:
    'In Shopify: Settings, Notifications, Webhooks, Create webhook. Event “Order creation”, format JSON, and this address. The same once more for “Order update” and “Order cancellation”, so that payments, changes and cancellations are seen here.',
  woocommerce:
    'In WooCommerce: Settings, Advanced, Webhooks, Add webhook. Topic “Order created”, status Active, this address and this secret. The same once more for “Order updated” and “Order deleted”, so that payments, changes and cancellations are seen here.',
};

/** Name, system and secret; then the address, and the secret where we made it, this once. */
export function AddSource({ made, close }: { made: () => void; close: () => void }) {
  const [system, setSystem] = useState<ShopSystem>('shopify');
  const [name, setName] = useState('');
  const [domain, setDomain] = useState('');
  const [secret, setSecret] = useState('');
  const add = useMutation(useApi().orders.addSource.mutationOptions({ onSuccess: made }));
  if (add.data) {
    return (
      <div className="flex flex-col gap-4 pb-5">
        <p className="text-pretty">{steps[system]}</p>
        <KeyValues
          items={[
            { label: 'Address', value: <Copyable value={add.data.url} label="webhook address" mono /> },
            ...(add.data.secret
              ? [{ label: 'Secret', value: <Copyable value={add.data.secret} label="secret" mono /> }]
              : []),
          ]}
        />
        {add.data.secret && <p className="text-pretty">Copy the secret now: it is not shown again.</p>}
        <div className="flex justify-end">
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        </div>
      </div>
    );
  }
  const words = add.error ? wordsOf(add.error) : undefined;
  const fault = (field: string) => (words?.fields[field] ? { error: words.fields[field] } : {});
  return (
    <form
      className="flex flex-col gap-4 pb-5"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate({
          system,
          name,
          ...(system === 'shopify' && domain.trim() && { domain: domain.trim().toLowerCase() }),
          ...(secret && { secret }),
        });
      }}
    >
      <Select label="Shop system" value={system} options={systems} onChange={setSystem} />
      <TextField
        label="Name"
        hint="What you call the shop, e.g. “Main shop”."
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
        {...fault('name')}
      />
      {system === 'shopify' && (
        <TextField
          label="Shop domain"
          optional
          hint="my-shop.myshopify.com: then no other shop is listened to."
          autoComplete="off"
          value={domain}
          onChange={(event) => setDomain(event.target.value)}
          {...fault('domain')}
        />
      )}
      <PasswordField
        label="Secret"
        optional={system === 'woocommerce'}
        hint={
          system === 'shopify'
            ? 'Below the webhooks in Shopify: “Your webhooks will be signed with …”.'
            : 'Left empty, one is made for you.'
        }
        autoComplete="off"
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
        {...fault('secret')}
      />
      {words && Object.keys(words.fields).length === 0 && (
        <p role="alert" className="text-danger-text">
          {words.sentence}
        </p>
      )}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" loading={add.isPending}>
          Connect
        </Button>
      </div>
    </form>
  );
}
