import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { formatCountOf } from '@windlass/ui/format';
import { RelativeTime } from '@windlass/ui/relative-time';
import { StatusChip, type StatusBadge } from '@windlass/ui/status-chip';
import { TextField } from '@windlass/ui/text-field';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { stepTitle } from '../../kit/job-catalogue.ts';
import { JobFixes } from '../../operations/parts/job-fixes.tsx';
import { type Erasure, jobs } from '../contract.ts';
import type { CustomersSlice } from '../server/router.ts';
import { FoundCustomerCard } from './found-customer.tsx';

const useApi = sliceOf<CustomersSlice>();

/** A customer asks what is held about them, or to be forgotten: an admin does both here, by e-mail address. */
export function CustomersPanel() {
  const api = useApi();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const find = useMutation(api.customers.find.mutationOptions());
  const words = find.error ? wordsOf(find.error) : undefined;
  const erased = () => {
    find.reset();
    setEmail('');
    void queryClient.invalidateQueries({ queryKey: api.customers.erasures.queryKey() });
  };
  return (
    <div className="flex flex-col gap-8">
      <section aria-label="Find a customer" className="flex max-w-2xl flex-col gap-4">
        <p className="text-sm text-pretty text-muted">
          All orders, messages, links and artwork of one e-mail address in this shop, however it was written.
        </p>
        <form
          className="flex flex-wrap items-start gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            find.mutate({ email });
          }}
        >
          <div className="min-w-0 flex-1 basis-64">
            <TextField
              label="Customer’s e-mail address"
              inputMode="email"
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              {...(words && { error: words.fields.email ?? words.sentence })}
            />
          </div>
          <Button type="submit" loading={find.isPending} className="sm:mt-6">
            Find customer
          </Button>
        </form>
        {find.data && <FoundCustomerCard customer={find.data} onErasing={erased} />}
      </section>
      <Erasures />
    </div>
  );
}

/** What was asked to be forgotten: by whom and when, never whom. */
function Erasures() {
  const erasures = useQuery(useApi().customers.erasures.queryOptions());
  if (erasures.isError)
    return <FailedQuery what="The erased customers" error={erasures.error} retry={() => void erasures.refetch()} />;
  if (!erasures.data || erasures.data.rows.length === 0) return null;
  return (
    <section aria-label="Erased customers" className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">Erased customers</h2>
      <Table caption="Erased customers">
        <TableHead>
          <HeadCell className="w-1/4">Asked for</HeadCell>
          <HeadCell>By</HeadCell>
          <HeadCell className="w-1/3">Erased</HeadCell>
          <HeadCell>State</HeadCell>
        </TableHead>
        <TableBody>
          {erasures.data.rows.map((erasure) => (
            <Row key={erasure.id}>
              <Cell card="title">
                <RelativeTime at={new Date(erasure.createdAt)} />
              </Cell>
              <Cell label="By" clip>
                {erasure.by}
              </Cell>
              <Cell card="sub" className="text-muted">
                {describeErasure(erasure)}
              </Cell>
              <Cell card="side">
                <StatusChip {...erasureBadge(erasure)} />
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}

function describeErasure({ state, job, orders, messages, artworks }: Erasure) {
  if (state === 'running' && job) {
    if (job.state === 'failed')
      return (
        <span className="flex flex-wrap items-center gap-2 py-1">
          <span>{job.errorSentence}</span>
          <JobFixes jobId={job.id} acknowledged={job.acknowledged} />
        </span>
      );
    return job.step ? stepTitle(jobs, 'customers.erase', job.step) : 'Queued';
  }
  return `${formatCountOf(orders, 'order')}, ${formatCountOf(messages, 'message')}, ${formatCountOf(artworks, 'file')} of artwork`;
}

function erasureBadge({ state, job }: Erasure): StatusBadge {
  if (state === 'done') return { tone: 'success', icon: 'check', label: 'Erased' };
  if (job?.state === 'failed' && job.acknowledged) return { tone: 'neutral', icon: 'check', label: 'Acknowledged' };
  return job?.state === 'failed'
    ? { tone: 'danger', icon: 'alert', label: 'Problem' }
    : { tone: 'info', icon: 'clock', label: 'In progress', moving: true };
}
