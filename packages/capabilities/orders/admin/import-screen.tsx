import { useMutation, useQuery } from '@tanstack/react-query';
import { EmptyState } from '@windlass/ui/empty-state';
import { PageHeader } from '@windlass/ui/page-header';
import { Progress } from '@windlass/ui/progress';
import { SkeletonRows } from '@windlass/ui/skeleton';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { useMayAct } from '../../kit/person.tsx';
import type { UrlSearch } from '../../kit/url-search.ts';
import { useUrlState } from '../../kit/use-url-state.tsx';
import type { OrdersSlice } from '../server/router.ts';
import { BackToOrders } from './back-to-orders.tsx';
import { ChooseColumns } from './choose-columns.tsx';
import { FileDrop } from './file-drop.tsx';
import { ImportReport } from './import-report.tsx';
import { uploadOrders } from './upload-orders.ts';

const useApi = sliceOf<OrdersSlice>();
const readUrl = ({ id, columns }: UrlSearch) => ({ id, columns });
const back = <BackToOrders />;

/** A CSV file becomes orders: choose it, see what is in it and what is wrong with it, then ask for it. */
export default function ImportScreen() {
  const [{ id, columns }, setUrl] = useUrlState(readUrl);
  const upload = useMutation({ mutationFn: uploadOrders, onSuccess: (made) => setUrl({ id: made }) });
  const report = useQuery(useApi().orders.import.queryOptions({ id: id ?? '' }, { enabled: id !== undefined }));
  const again = () => {
    upload.reset();
    setUrl({ id: undefined, columns: undefined });
  };

  if (!useMayAct('operator')) {
    return (
      <>
        <PageHeader title="Import orders" back={back} />
        <EmptyState title="Importing needs the role operator" body="An admin can change your role in Settings." />
      </>
    );
  }
  if (upload.isPending) {
    return (
      <>
        <PageHeader title="Import orders" back={back} answer={`Looking through ${upload.variables.name}`} />
        <div className="max-w-xl py-6">
          <Progress value={null} label="Reading the file" />
        </div>
      </>
    );
  }
  if (id === undefined) {
    return (
      <>
        <PageHeader
          title="Import orders"
          back={back}
          answer="Choose a file; nothing is written before you have seen what is in it"
        />
        <FileDrop onFile={(file) => upload.mutate(file)} refusal={upload.error?.message} />
      </>
    );
  }
  if (report.data && (report.data.needsColumns || (columns && report.data.canChoose))) {
    const leave = () => setUrl({ columns: undefined });
    return <ChooseColumns report={report.data} back={back} again={again} leave={leave} />;
  }
  if (report.data) {
    const change = () => setUrl({ columns: 'change' });
    return <ImportReport report={report.data} back={back} again={again} change={change} />;
  }
  return (
    <>
      <PageHeader title="Import orders" back={back} answer=" " />
      {report.isError ? (
        <FailedQuery what="This upload" error={report.error} retry={() => void report.refetch()} />
      ) : (
        <SkeletonRows rows={6} columns={['w-24', 'w-40', 'w-48', 'w-20']} />
      )}
    </>
  );
}
