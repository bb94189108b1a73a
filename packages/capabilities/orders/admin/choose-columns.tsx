import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { EmptyState } from '@windlass/ui/empty-state';
import { FailureNote } from '@windlass/ui/failure-note';
import { PageHeader } from '@windlass/ui/page-header';
import { SkeletonRows } from '@windlass/ui/skeleton';
import { type ReactNode, useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import type { ImportColumns, OrderImport } from '../intake-contract.ts';
import type { OrdersSlice } from '../server/router.ts';
import { ColumnFields } from './column-fields.tsx';

const useApi = sliceOf<OrdersSlice>();
const FORM = 'columns-of-file';
const BY_HAND =
  'With columns you choose, each line is an order or a part of one: what was cancelled or refunded there is not left out, and nothing is said of the payment.';

type Props = {
  report: OrderImport;
  back: ReactNode;
  again: () => void;
  /** To what the file holds: once it is read, or as it was. */
  leave: () => void;
};

/**
 * A file whose columns a person names: our guess, what its first lines say in each, and what was chosen for its kind
 * before.
 */
export function ChooseColumns(props: Props) {
  const { report, back, again } = props;
  const columns = useQuery(
    useApi().orders.importColumns.queryOptions({ id: report.id }, { enabled: report.canChoose, staleTime: 0 }),
  );
  if (columns.data) return <Choice key={JSON.stringify(columns.data.choice)} {...props} found={columns.data} />;
  return (
    <>
      <PageHeader
        title="Import orders"
        back={back}
        answer={report.canChoose ? ' ' : 'This file is not kept any more'}
        actions={<Button onClick={again}>Choose another file</Button>}
      />
      {!report.canChoose ? (
        <EmptyState title="Nothing was written" body="Choose the file again to say which column is which." />
      ) : columns.isError ? (
        <FailedQuery what="The columns of this file" error={columns.error} retry={() => void columns.refetch()} />
      ) : (
        <SkeletonRows rows={8} columns={['w-40', 'w-48']} />
      )}
    </>
  );
}

function Choice({ report, back, again, leave, found }: Props & { found: ImportColumns }) {
  const api = useApi();
  const queryClient = useQueryClient();
  const [choice, setChoice] = useState(found.choice);
  const read = useMutation(
    api.orders.chooseColumns.mutationOptions({
      onSuccess: async () => {
        await Promise.all([
          queryClient.invalidateQueries({ queryKey: api.orders.import.queryKey() }),
          queryClient.invalidateQueries({ queryKey: api.orders.importColumns.queryKey() }),
        ]);
        leave();
      },
    }),
  );
  const words = read.error ? wordsOf(read.error) : undefined;
  const forget = found.isChosen && (
    <Button
      loading={read.isPending && read.variables.choice === null}
      onClick={() => read.mutate({ id: report.id, choice: null })}
    >
      Forget the choice
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Import orders"
        back={back}
        answer={`Which column of ${report.fileName} is which?`}
        actions={
          <>
            {report.needsColumns ? (
              <Button onClick={again}>Choose another file</Button>
            ) : (
              <Button onClick={leave}>Cancel</Button>
            )}
            <Button
              type="submit"
              form={FORM}
              variant="primary"
              loading={read.isPending && read.variables.choice !== null}
            >
              Read the file
            </Button>
          </>
        }
      />
      <form
        id={FORM}
        className="flex max-w-4xl flex-col gap-5 pb-8"
        onSubmit={(event) => {
          event.preventDefault();
          if (!read.isPending) read.mutate({ id: report.id, choice });
        }}
      >
        {words && <FailureNote sentence="The file was not read." cause={words.sentence} />}
        {found.system && (
          <FailureNote
            tone="warning"
            sentence={`This is an export of ${found.system}, which is read by itself.`}
            cause={BY_HAND}
          />
        )}
        <p className="text-sm text-pretty text-muted">
          Line {found.line} names the columns. {found.isChosen ? 'What was chosen before' : 'Our guess'} stands here,
          with what the first lines say in it. Your choice is remembered: the next file with these columns is read by
          it.
        </p>
        <ColumnFields columns={found.columns} choice={choice} onChange={setChoice} faults={words?.fields ?? {}} />
        {forget && <div>{forget}</div>}
      </form>
    </>
  );
}
