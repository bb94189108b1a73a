import { useQuery } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { Copyable } from '@windlass/ui/copyable';
import { Drawer } from '@windlass/ui/drawer';
import { KeyValues } from '@windlass/ui/key-values';
import { linkStyle } from '@windlass/ui/link-style';
import { Skeleton } from '@windlass/ui/skeleton';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { useMayAct } from '../../kit/person.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import { type DeliveryDetail, isAccountMessage } from '../contract.ts';
import { DeliveryFailure } from '../parts/delivery-failure.tsx';
import { DeliveryBar, DeliveryChip } from '../parts/delivery-status.tsx';
import { useDeliveryActions } from '../parts/use-delivery-actions.tsx';
import { canAbort, canResend, canResolve, canRetry, isLate, isProblem } from '../rules.ts';
import type { DeliveriesSlice } from '../server/router.ts';
import { DeliveryAttempts } from './delivery-attempts.tsx';
import { MessagePreview } from './message-preview.tsx';

const useApi = sliceOf<DeliveriesSlice>();

/** A delivery beside its list: how it stands, why, and each conversation. */
export function DeliveryDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const query = useQuery(
    useApi().deliveries.get.queryOptions(
      { id: id ?? '' },
      { enabled: id !== undefined, placeholderData: (previous) => (id ? previous : undefined) },
    ),
  );
  const delivery = query.data?.id === id ? query.data : undefined;
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      title={delivery ? delivery.recipientName : 'Delivery'}
      status={delivery && <DeliveryChip delivery={delivery} />}
      footer={delivery && <Actions delivery={delivery} />}
    >
      {query.isError ? (
        <FailedQuery what="The delivery" error={query.error} retry={() => void query.refetch()} />
      ) : delivery ? (
        <Body delivery={delivery} />
      ) : (
        <div className="flex flex-col gap-3">
          <Skeleton className="h-5 w-48" />
          <Skeleton className="h-32 w-full" />
        </div>
      )}
    </Drawer>
  );
}

function Actions({ delivery }: { delivery: DeliveryDetail }) {
  const { retry, resend, abort } = useDeliveryActions();
  const mayRetry = useMayAct('operator') && canRetry(delivery.state);
  useShortcuts('Deliveries', [
    { keys: 'r', label: 'Try the delivery again', when: mayRetry, run: () => retry.mutate({ id: delivery.id }) },
  ]);
  if (!useMayAct('operator')) return null;
  return (
    <>
      {mayRetry && (
        <Button kbd="r" loading={retry.isPending} onClick={() => retry.mutate({ id: delivery.id })}>
          {delivery.state === 'failed' ? 'Try again' : 'Try now'}
        </Button>
      )}
      {canResend(delivery.state) && !canResolve(delivery.state) && !isAccountMessage(delivery.kind) && (
        <Button loading={resend.isPending} onClick={() => resend.mutate({ id: delivery.id })}>
          Resend
        </Button>
      )}
      {canAbort(delivery.state) && (
        <Button loading={abort.isPending} onClick={() => abort.mutate({ id: delivery.id })}>
          Cancel delivery
        </Button>
      )}
    </>
  );
}

function Body({ delivery }: { delivery: DeliveryDetail }) {
  return (
    <div className="flex flex-col gap-6">
      <DeliveryBar delivery={delivery} />
      <KeyValues
        items={[
          { label: 'Subject', value: delivery.subject },
          { label: 'To', value: <Copyable value={delivery.recipient} label="e-mail address" /> },
          {
            label: 'For',
            value: delivery.serves && (
              <RouterLink to={delivery.serves.to} className={linkStyle}>
                {delivery.serves.label}
              </RouterLink>
            ),
          },
          { label: 'Attempts', value: `${delivery.attempts}` },
          { label: 'Message-ID', value: <Copyable value={delivery.messageId} label="Message-ID" mono /> },
          ...(delivery.requestId
            ? [{ label: 'Request', value: <Copyable value={delivery.requestId} label="request id" mono /> }]
            : []),
        ]}
      />
      {isAccountMessage(delivery.kind) ? (
        <p className="text-muted">
          This message opens somebody’s account, so nobody else sees what it says. A new one is sent from Settings,
          People.
        </p>
      ) : (
        <MessagePreview id={delivery.id} subject={delivery.subject} />
      )}
      <DeliveryAttempts attempts={delivery.attemptRows} state={delivery.state} acknowledged={delivery.acknowledged} />
      {(isProblem(delivery.state) || isLate(delivery)) && <DeliveryFailure delivery={delivery} />}
    </div>
  );
}
