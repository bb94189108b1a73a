import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { Copyable } from '@windlass/ui/copyable';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { Dialog } from '@windlass/ui/dialog';
import { EmptyState } from '@windlass/ui/empty-state';
import { formatBytes, formatCount, formatCountOf } from '@windlass/ui/format';
import { RelativeTime } from '@windlass/ui/relative-time';
import { SkeletonRows } from '@windlass/ui/skeleton';
import { StatusChip } from '@windlass/ui/status-chip';
import { toneText } from '@windlass/ui/tone';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { HOOK_MOST_BYTES, type OrderSource, type TurnedAwayReason } from '../intake-contract.ts';
import type { OrdersSlice } from '../server/router.ts';
import { AddSource } from './add-source.tsx';
import { RefusedOrders } from './refused-orders.tsx';
import { SourceSecret } from './source-secret.tsx';

const useApi = sliceOf<OrdersSlice>();
export const systemNames: Record<OrderSource['system'], string> = { shopify: 'Shopify', woocommerce: 'WooCommerce' };

/** The shop systems that tell us of their orders, and what of it could not be taken. */
export function SourcesPanel() {
  const api = useApi();
  const queryClient = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<OrderSource>();
  const [removing, setRemoving] = useState<OrderSource>();
  const sources = useQuery(api.orders.sources.queryOptions());
  const refresh = () => void queryClient.invalidateQueries({ queryKey: api.orders.sources.queryKey() });
  const remove = useMutation(
    api.orders.removeSource.mutationOptions({ onSuccess: () => setRemoving(undefined), onSettled: refresh }),
  );
  if (sources.isError)
    return <FailedQuery what="The sources" error={sources.error} retry={() => void sources.refetch()} />;
  if (!sources.data) return <SkeletonRows rows={3} columns={['w-40', 'w-24', 'w-64', 'w-24']} />;
  return (
    <div className="flex flex-col gap-8">
      <div>
        <div className="flex justify-end pb-3">
          <Button variant="primary" onClick={() => setAdding(true)}>
            Connect a shop
          </Button>
        </div>
        {sources.data.rows.length === 0 ? (
          <EmptyState
            title="No shop is connected"
            body="A Shopify or WooCommerce shop sends each new order here by webhook; it waits for a decision like any other."
          />
        ) : (
          <Table caption="Connected shops">
            <TableHead>
              <HeadCell className="w-1/4">Shop</HeadCell>
              <HeadCell className="w-1/3">Address for its webhook</HeadCell>
              <HeadCell numeric>Taken</HeadCell>
              <HeadCell numeric hideBelow="lg">
                Ignored
              </HeadCell>
              <HeadCell hideBelow="lg">Last heard</HeadCell>
              <HeadCell className="w-44" />
            </TableHead>
            <TableBody>
              {sources.data.rows.map((source) => (
                <Row key={source.id}>
                  <Cell card="title" clip>
                    {source.name} <span className="font-normal text-muted">{systemNames[source.system]}</span>
                  </Cell>
                  <Cell card="sub" clip>
                    <Copyable value={source.url} label="webhook address" mono />
                  </Cell>
                  <Cell label="Taken" numeric>
                    {formatCount(source.taken)}
                  </Cell>
                  <Cell label="Ignored" numeric hideBelow="lg">
                    {formatCount(source.ignored)}
                  </Cell>
                  <Cell label="Last heard" hideBelow="lg" className="text-muted">
                    {source.lastReceivedAt ? <RelativeTime at={new Date(source.lastReceivedAt)} /> : 'never'}
                  </Cell>
                  <Cell card="sub" className="sm:text-right">
                    {source.lastRefused && <TurnedAway source={source} lastRefused={source.lastRefused} />}
                    {!source.readable && <StatusChip tone="danger" icon="alert" label="Needs its secret" />}
                    <Button size="sm" variant="quiet" onClick={() => setChanging(source)}>
                      Enter secret
                    </Button>
                    <Button size="sm" variant="quiet" onClick={() => setRemoving(source)}>
                      Remove shop
                    </Button>
                  </Cell>
                </Row>
              ))}
            </TableBody>
          </Table>
        )}
      </div>
      <RefusedOrders />
      <Dialog
        open={adding}
        onOpenChange={setAdding}
        title="Connect a shop"
        description="Each new order over there becomes an order here."
      >
        <AddSource made={refresh} close={() => setAdding(false)} />
      </Dialog>
      <Dialog
        open={changing !== undefined}
        onOpenChange={() => setChanging(undefined)}
        title={`Secret of ${changing?.name}`}
        description="The present one is not shown. A new one takes effect at once."
      >
        {changing && (
          <SourceSecret
            id={changing.id}
            done={() => {
              setChanging(undefined);
              refresh();
            }}
          />
        )}
      </Dialog>
      <Dialog
        open={removing !== undefined}
        onOpenChange={() => setRemoving(undefined)}
        title={`Remove ${removing?.name}?`}
        description="Its messages are refused from now on. Orders that came from it stay. To connect it again, make a new address."
        footer={
          <>
            <Button onClick={() => setRemoving(undefined)}>Keep shop</Button>
            <Button
              variant="danger"
              loading={remove.isPending}
              onClick={() => removing && remove.mutate({ id: removing.id })}
            >
              Remove shop
            </Button>
          </>
        }
      />
    </div>
  );
}

const whyRefused: Record<TurnedAwayReason, string> = {
  signature: 'signed with another secret',
  domain: 'from another shop than the one named here',
  'too-large': `larger than ${formatBytes(HOOK_MOST_BYTES)}`,
};

/** That messages come and are not listened to: without it, a secret mistyped looks like a shop without orders. */
function TurnedAway({
  source,
  lastRefused,
}: {
  source: OrderSource;
  lastRefused: NonNullable<OrderSource['lastRefused']>;
}) {
  return (
    <p className={`pb-1 text-xs text-pretty ${toneText.warning}`}>
      Last refused <RelativeTime at={new Date(lastRefused.at)} />: {whyRefused[lastRefused.why]}
      {source.tooLarge > 0 && ` (${formatCountOf(source.tooLarge, 'message')} too large so far)`}
    </p>
  );
}
