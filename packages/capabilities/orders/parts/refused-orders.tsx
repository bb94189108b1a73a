import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { FailureNote } from '@windlass/ui/failure-note';
import { RelativeTime } from '@windlass/ui/relative-time';
import { TextField } from '@windlass/ui/text-field';
import { showToast } from '@windlass/ui/toast';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { REFUSED_DAYS, type RefusedOrder } from '../intake-contract.ts';
import type { OrdersSlice } from '../server/router.ts';
import { describeDeletion } from './refused-deletion.tsx';

const useApi = sliceOf<OrdersSlice>();

/** What came and could not be taken: why, and what one can do about it. Nothing where there is nothing. */
export function RefusedOrders() {
  const api = useApi();
  const refused = useQuery(api.orders.refused.queryOptions());
  if (refused.isError)
    return <FailedQuery what="The orders not taken" error={refused.error} retry={() => void refused.refetch()} />;
  if (!refused.data || refused.data.rows.length === 0) return null;
  return (
    <section aria-label="Orders not taken" className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">Not taken</h2>
      <p className="text-sm text-pretty text-muted">
        Put it right here, or mend the order over there and let the shop send it again: both make one order.
      </p>
      {refused.data.deletion && (
        <p className="text-sm text-pretty text-muted">
          {describeDeletion(refused.data.deletion.count, refused.data.deletion.firstAt)} What nobody deals with is kept
          for {REFUSED_DAYS} days.
        </p>
      )}
      {refused.data.rows.map((order) => (
        <RefusedRow key={order.id} order={order} />
      ))}
    </section>
  );
}

function RefusedRow({ order }: { order: RefusedOrder }) {
  const api = useApi();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const refresh = () => void queryClient.invalidateQueries({ queryKey: api.orders.refused.queryKey() });
  const take = useMutation(
    api.orders.takeAgain.mutationOptions({
      onSuccess: ({ number }) =>
        showToast({ message: `Taken as order #${number}. It waits for a decision.`, tone: 'success' }),
      onSettled: refresh,
    }),
  );
  const dismiss = useMutation(
    api.orders.dismissRefused.mutationOptions({
      onError: (error) => showToast({ message: wordsOf(error).sentence, tone: 'danger' }),
      onSettled: refresh,
    }),
  );
  const byEmail = order.reasonCode === 'NO_EMAIL' || order.reasonCode === 'BAD_EMAIL';
  const words = take.error ? wordsOf(take.error) : undefined;
  const name = order.reference ?? (order.externalId ? `Order ${order.externalId}` : 'A message');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        take.mutate({ id: order.id, ...(byEmail && email && { email }) });
      }}
    >
      <FailureNote
        tone="warning"
        sentence={`${name} from ${order.sourceName}`}
        cause={
          <>
            {order.reason} <RelativeTime at={new Date(order.receivedAt)} className="text-muted" />
          </>
        }
        fix={
          !byEmail &&
          words && (
            <span role="alert" className="text-danger-text">
              {words.sentence}
            </span>
          )
        }
        action={
          <>
            {byEmail && (
              <div className="w-64 max-w-full">
                <TextField
                  label={`E-mail address for ${name}`}
                  labelHidden
                  placeholder="Its customer’s address"
                  value={email}
                  onChange={(event) => setEmail(event.target.value)}
                  {...(words && { error: words.fields.email ?? words.sentence })}
                />
              </div>
            )}
            <Button
              size="sm"
              variant="quiet"
              loading={dismiss.isPending}
              onClick={() => dismiss.mutate({ id: order.id })}
            >
              Dismiss order
            </Button>
            <Button size="sm" type="submit" loading={take.isPending}>
              Take order
            </Button>
          </>
        }
      />
    </form>
  );
}
