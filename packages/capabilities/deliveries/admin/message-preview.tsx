import { useQuery } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { Dialog } from '@windlass/ui/dialog';
import { Skeleton } from '@windlass/ui/skeleton';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import type { DeliveriesSlice } from '../server/router.ts';

const useApi = sliceOf<DeliveriesSlice>();

/** The very message, in a frame where nothing runs and nothing is sent. */
export function MessagePreview({ id, subject }: { id: string; subject: string }) {
  const [open, setOpen] = useState(false);
  const preview = useQuery(useApi().deliveries.preview.queryOptions({ id }, { enabled: open, staleTime: 0 }));
  return (
    <>
      <Button size="sm" className="self-start" onClick={() => setOpen(true)}>
        See the message
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        size="lg"
        title={subject}
        description="As the customer gets it; the links are left out here."
      >
        <div className="pb-5">
          {preview.isError ? (
            <FailedQuery what="The message" error={preview.error} retry={() => void preview.refetch()} />
          ) : preview.data ? (
            <iframe
              title={subject}
              sandbox=""
              srcDoc={preview.data.html}
              className="h-[55vh] w-full rounded-md border bg-white"
            />
          ) : (
            <Skeleton className="h-[55vh] w-full" />
          )}
        </div>
      </Dialog>
    </>
  );
}
