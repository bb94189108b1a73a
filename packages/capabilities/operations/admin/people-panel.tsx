import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Role, roles } from '@windlass/auth/roles';
import { Button } from '@windlass/ui/button';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { Dialog } from '@windlass/ui/dialog';
import { PasswordField } from '@windlass/ui/password-field';
import { RelativeTime } from '@windlass/ui/relative-time';
import { Select } from '@windlass/ui/select';
import { SkeletonRows } from '@windlass/ui/skeleton';
import { TextField } from '@windlass/ui/text-field';
import { showToast } from '@windlass/ui/toast';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { type ErrorWords, wordsOf } from '../../kit/error-words.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { ChangePassword } from '../parts/change-password.tsx';
import type { OperationsSlice } from '../server/router.ts';

const useApi = sliceOf<OperationsSlice>();
const roleOptions = roles.map((role) => ({ value: role, label: { viewer: 'Viewer: looks', operator: 'Operator: decides', admin: 'Admin: manages' }[role] }));

export function PeoplePanel() {
  const api = useApi();
  const queryClient = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState(false);
  const people = useQuery(api.operations.people.queryOptions());
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.operations.people.queryKey() });
  const setRole = useMutation(
    api.operations.setRole.mutationOptions({
      onError: (error) => showToast({ message: wordsOf(error).sentence, tone: 'danger' }),
      onSuccess: () => showToast({ message: 'Role changed. They sign in again to use it.', tone: 'success' }),
      onSettled: refresh,
    }),
  );
  if (people.isError) return <FailedQuery what="The people" error={people.error} retry={() => void people.refetch()} />;
  if (!people.data) return <SkeletonRows rows={3} columns={['w-40', 'w-56', 'w-32', 'w-24']} />;
  return (
    <>
      <div className="flex justify-end gap-2 pb-3">
        <Button onClick={() => setChanging(true)}>Change your password</Button>
        <Button variant="primary" onClick={() => setAdding(true)}>Add a person</Button>
      </div>
      <Table caption="People">
        <TableHead>
          <HeadCell className="w-1/4">Name</HeadCell>
          <HeadCell className="w-1/3">E-mail</HeadCell>
          <HeadCell className="w-52">Role</HeadCell>
          <HeadCell>Since</HeadCell>
        </TableHead>
        <TableBody>
          {people.data.rows.map((person) => (
            <Row key={person.id}>
              <Cell card="title" clip>{person.name}{person.you && <span className="text-muted"> (you)</span>}</Cell>
              <Cell card="sub" clip className="text-muted">{person.email}</Cell>
              <Cell label="Role">
                <Select label={`Role of ${person.name}`} labelHidden value={person.role} options={roleOptions} onChange={(role) => setRole.mutate({ id: person.id, role })} />
              </Cell>
              <Cell label="Since" className="text-muted"><RelativeTime at={new Date(person.createdAt)} /></Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
      <Dialog open={adding} onOpenChange={setAdding} title="Add a person" description="Tell them the password yourself; nothing is mailed.">
        <AddPerson done={() => { setAdding(false); void refresh(); }} />
      </Dialog>
      <ChangePassword open={changing} onOpenChange={setChanging} />
    </>
  );
}

const NO_ERROR: Pick<ErrorWords, 'fields' | 'sentence'> = { fields: {}, sentence: '' };

function AddPerson({ done }: { done: () => void }) {
  const [draft, setDraft] = useState<{ name: string; email: string; password: string; role: Role }>({ name: '', email: '', password: '', role: 'operator' });
  const add = useMutation(useApi().operations.addPerson.mutationOptions({ onSuccess: done }));
  const { fields, sentence } = add.error ? wordsOf(add.error) : NO_ERROR;
  const field = (name: 'name' | 'email' | 'password') => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
    ...(fields[name] && { error: fields[name] }),
  });
  return (
    <form
      className="flex flex-col gap-4 pb-5"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(draft);
      }}
    >
      <TextField label="Name" autoComplete="off" {...field('name')} />
      <TextField label="E-mail" type="email" autoComplete="off" {...field('email')} />
      <PasswordField label="Password" autoComplete="new-password" hint="At least 10 characters." {...field('password')} />
      <Select label="Role" value={draft.role} options={roleOptions} onChange={(role) => setDraft({ ...draft, role })} />
      {sentence && Object.keys(fields).length === 0 && <p role="alert" className="text-danger-text">{sentence}</p>}
      <div className="flex justify-end"><Button type="submit" variant="primary" loading={add.isPending}>Add</Button></div>
    </form>
  );
}
