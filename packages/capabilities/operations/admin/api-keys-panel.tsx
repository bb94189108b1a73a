import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, buttonClass } from '@windlass/ui/button';
import { ConfirmTypingDialog } from '@windlass/ui/confirm-typing-dialog';
import { Copyable } from '@windlass/ui/copyable';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { Dialog } from '@windlass/ui/dialog';
import { EmptyState } from '@windlass/ui/empty-state';
import { RelativeTime } from '@windlass/ui/relative-time';
import { SkeletonRows } from '@windlass/ui/skeleton';
import { StatusChip } from '@windlass/ui/status-chip';
import { TextField } from '@windlass/ui/text-field';
import { showToast } from '@windlass/ui/toast';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import type { OperationsSlice } from '../server/router.ts';

const useApi = sliceOf<OperationsSlice>();

export function ApiKeysPanel() {
  const api = useApi();
  const queryClient = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<{ id: string; name: string; hint: string }>();
  const keys = useQuery(api.operations.apiKeys.queryOptions());
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.operations.apiKeys.queryKey() });
  const revoke = useMutation(
    api.operations.revokeApiKey.mutationOptions({
      onSuccess: () => {
        setRevoking(undefined);
        showToast({ message: 'Key revoked. Nothing can use it any more.', tone: 'success' });
      },
      onSettled: refresh,
    }),
  );
  if (keys.isError) return <FailedQuery what="The API keys" error={keys.error} retry={() => void keys.refetch()} />;
  if (!keys.data) return <SkeletonRows rows={3} columns={['w-40', 'w-24', 'w-24', 'w-24']} />;
  return (
    <>
      <div className="flex justify-end gap-2 pb-3">
        <a href="/api/docs" className={buttonClass({})}>
          API reference
        </a>
        <Button variant="primary" onClick={() => setAdding(true)}>
          Create API key
        </Button>
      </div>
      {keys.data.rows.length === 0 ? (
        <EmptyState
          title="No API keys yet"
          body="A shop system sends orders to POST /api/v1/orders with a key from here."
        />
      ) : (
        <Table caption="API keys">
          <TableHead>
            <HeadCell className="w-1/3">Name</HeadCell>
            <HeadCell>Ends in</HeadCell>
            <HeadCell>Last used</HeadCell>
            <HeadCell>State</HeadCell>
            <HeadCell />
          </TableHead>
          <TableBody>
            {keys.data.rows.map((key) => (
              <Row key={key.id}>
                <Cell card="title" clip>
                  {key.name}
                </Cell>
                <Cell label="Ends in" className="font-mono text-xs">
                  …{key.hint}
                </Cell>
                <Cell label="Last used" className="text-muted">
                  {key.lastUsedAt ? <RelativeTime at={new Date(key.lastUsedAt)} /> : 'never'}
                </Cell>
                <Cell card="side">
                  <StatusChip
                    {...(key.revokedAt
                      ? { tone: 'neutral' as const, icon: 'ban' as const, label: 'Revoked' }
                      : { tone: 'success' as const, icon: 'check' as const, label: 'Active' })}
                  />
                </Cell>
                <Cell card="line" className="sm:text-right">
                  {!key.revokedAt && (
                    <Button size="sm" variant="quiet" onClick={() => setRevoking(key)}>
                      Revoke key
                    </Button>
                  )}
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
      <Dialog
        open={adding}
        onOpenChange={setAdding}
        title="Create an API key"
        description="The key is shown once. Whoever has it can send orders to this shop."
      >
        <MakeKey made={() => void refresh()} close={() => setAdding(false)} />
      </Dialog>
      <ConfirmTypingDialog
        open={revoking !== undefined}
        onOpenChange={() => {
          setRevoking(undefined);
          revoke.reset();
        }}
        title={`Revoke “${revoking?.name ?? ''}”?`}
        body="Whatever uses this key can send no more orders from this moment. It cannot be undone."
        expected={revoking?.hint ?? ''}
        actionLabel="Revoke key"
        onConfirm={() => revoking && revoke.mutate({ id: revoking.id })}
        busy={revoke.isPending}
        {...(revoke.error && { error: wordsOf(revoke.error).sentence })}
      />
    </>
  );
}

function MakeKey({ made, close }: { made: () => void; close: () => void }) {
  const [name, setName] = useState('');
  const make = useMutation(useApi().operations.addApiKey.mutationOptions({ onSuccess: made }));
  if (make.data) {
    return (
      <div className="flex flex-col gap-4 pb-5">
        <p>Copy it now: it is not shown again.</p>
        <Copyable value={make.data.secret} label="API key" mono />
        <div className="flex justify-end">
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        </div>
      </div>
    );
  }
  const words = make.error ? wordsOf(make.error) : undefined;
  return (
    <form
      className="flex flex-col gap-4 pb-5"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate({ name });
      }}
    >
      <TextField
        label="Name"
        hint="What will use it, e.g. “web shop”."
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
        {...(words && { error: words.fields.name ?? words.sentence })}
      />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" loading={make.isPending}>
          Create key
        </Button>
      </div>
    </form>
  );
}
