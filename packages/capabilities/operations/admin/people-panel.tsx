import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { RelativeTime } from '@windlass/ui/relative-time';
import { Select } from '@windlass/ui/select';
import { SkeletonRows } from '@windlass/ui/skeleton';
import { StatusChip } from '@windlass/ui/status-chip';
import { showToast } from '@windlass/ui/toast';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { ChangePassword } from '../parts/change-password.tsx';
import type { OperationsSlice } from '../server/router.ts';
import { InvitePerson } from './invite-person.tsx';
import { PersonActions } from './person-actions.tsx';
import { personLooks, roleOptions } from './person-badge.ts';

const useApi = sliceOf<OperationsSlice>();

export function PeoplePanel() {
  const api = useApi();
  const queryClient = useQueryClient();
  const [inviting, setInviting] = useState(false);
  const [changing, setChanging] = useState(false);
  const people = useQuery(api.operations.people.queryOptions());
  const refresh = () => void queryClient.invalidateQueries({ queryKey: api.operations.people.queryKey() });
  const setRole = useMutation(
    api.operations.setRole.mutationOptions({
      onError: (error) => showToast({ message: wordsOf(error).sentence, tone: 'danger' }),
      onSuccess: () => showToast({ message: 'Role changed. They sign in again to use it.', tone: 'success' }),
      onSettled: refresh,
    }),
  );
  if (people.isError) return <FailedQuery what="The people" error={people.error} retry={() => void people.refetch()} />;
  if (!people.data) return <SkeletonRows rows={3} columns={['w-40', 'w-56', 'w-32', 'w-20', 'w-24', 'w-8']} />;
  return (
    <>
      <div className="flex justify-end gap-2 pb-3">
        <Button onClick={() => setChanging(true)}>Change your password</Button>
        <Button variant="primary" onClick={() => setInviting(true)}>
          Invite a person
        </Button>
      </div>
      <Table caption="People">
        <TableHead>
          <HeadCell className="w-1/5">Name</HeadCell>
          <HeadCell className="w-1/4">E-mail</HeadCell>
          <HeadCell className="w-48">Role</HeadCell>
          <HeadCell className="w-28">State</HeadCell>
          <HeadCell hideBelow="md">Since</HeadCell>
          <HeadCell className="w-12" />
        </TableHead>
        <TableBody>
          {people.data.rows.map((person) => (
            <Row key={person.id}>
              <Cell card="title" clip>
                {person.name}
                {person.you && <span className="text-muted"> (you)</span>}
              </Cell>
              <Cell card="sub" clip className="text-muted">
                {person.email}
              </Cell>
              <Cell label="Role">
                <Select
                  label={`Role of ${person.name}`}
                  labelHidden
                  value={person.role}
                  options={roleOptions}
                  onChange={(role) => setRole.mutate({ id: person.id, role })}
                />
              </Cell>
              <Cell card="side">
                <StatusChip {...personLooks[person.status]} />
              </Cell>
              <Cell label="Since" hideBelow="md" className="text-muted">
                <RelativeTime at={new Date(person.createdAt)} />
              </Cell>
              <Cell card="line" className="sm:text-right">
                <PersonActions person={person} changed={refresh} />
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
      <InvitePerson open={inviting} onOpenChange={setInviting} invited={refresh} />
      <ChangePassword open={changing} onOpenChange={setChanging} />
    </>
  );
}
