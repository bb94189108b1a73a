import { Button } from '@windlass/ui/button';
import { useMayAct } from '../../kit/person.tsx';
import { useDeliveryActions } from './use-delivery-actions.tsx';

/** The two ways out of not knowing whether a message was taken. */
export function ResolveUncertain({ deliveryId }: { deliveryId: string }) {
  const { resolve } = useDeliveryActions();
  if (!useMayAct('operator')) return null;
  const deciding = resolve.isPending ? resolve.variables.as : undefined;
  const decide = (as: 'sent' | 'send_again') => () => resolve.mutate({ deliveryId, as });
  return (
    <>
      <Button size="sm" loading={deciding === 'sent'} onClick={decide('sent')}>
        Mark as sent
      </Button>
      <Button size="sm" loading={deciding === 'send_again'} onClick={decide('send_again')}>
        Send again
      </Button>
    </>
  );
}
