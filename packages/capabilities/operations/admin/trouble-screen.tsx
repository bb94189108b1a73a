import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { EmptyState } from '@windlass/ui/empty-state';
import { formatCountOf } from '@windlass/ui/format';
import { linkStyle } from '@windlass/ui/link-style';
import { PageHeader } from '@windlass/ui/page-header';
import { RelativeTime } from '@windlass/ui/relative-time';
import { SkeletonRows } from '@windlass/ui/skeleton';
import { showToast } from '@windlass/ui/toast';
import type { ReactNode } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { useMayAct } from '../../kit/person.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import type { StorageTrouble, SwitchableMailTrouble } from '../contract.ts';
import type { OperationsSlice } from '../server/router.ts';

const useApi = sliceOf<OperationsSlice>();

const mailChoices: Record<SwitchableMailTrouble, { label: string; effect: string }> = {
  none: { label: 'Works', effect: 'Every message is taken.' },
  slow: { label: 'Slow', effect: 'It thinks for five seconds about each message. Nothing else waits for it.' },
  down: { label: 'Down', effect: 'The port is closed. After five failures mail is held back without spending tries.' },
  busy: {
    label: 'Turns away (4xx)',
    effect: '“Try again later”: each mail is tried four times, then waits for you under Jobs.',
  },
  refuses: {
    label: 'Refuses (5xx)',
    effect: '“No such mailbox”: each mail fails at once, with the reason and the fix.',
  },
  cut: {
    label: 'Cut after the dot',
    effect: 'It takes the message and hangs up without a word: the one case where a copy may arrive.',
  },
};
const storageChoices: Record<StorageTrouble, { label: string; effect: string }> = {
  none: { label: 'Works', effect: 'Downloads begin at once.' },
  slow: { label: 'Slow', effect: 'Each download waits three seconds for its first byte. The list of orders does not.' },
  down: { label: 'Down', effect: 'Customers are told to come back in a minute, and the download is not counted.' },
};

/** The demo's switches: break something, and watch what becomes of the orders. */
export default function TroubleScreen() {
  const api = useApi();
  const queryClient = useQueryClient();
  const mayAct = useMayAct('operator');
  const query = useQuery(api.operations.demo.queryOptions(undefined, { refetchInterval: 2_000 }));
  const options = {
    onError: (error: unknown) => showToast({ message: wordsOf(error).sentence, tone: 'danger' as const }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.operations.demo.queryKey() }),
  };
  const setMail = useMutation(api.operations.setMailTrouble.mutationOptions(options));
  const setStorage = useMutation(api.operations.setStorageTrouble.mutationOptions(options));
  const kill = useMutation(
    api.operations.killWorker.mutationOptions({
      ...options,
      onSuccess: () => showToast({ message: 'Killed. Its jobs are taken over within seconds.', tone: 'success' }),
    }),
  );
  if (query.isError) return <FailedQuery what="The switches" error={query.error} retry={() => void query.refetch()} />;
  const demo = query.data;
  if (demo && !demo.on) {
    return (
      <>
        <PageHeader title="Trouble" />
        <EmptyState
          title="Nothing to switch here"
          body="This house talks to a real mail server and real storage. The switches are there when the outside world is played by the sandbox."
        />
      </>
    );
  }
  const wrong = demo ? Number(demo.mail !== 'none') + Number(demo.storage !== 'none') : 0;
  return (
    <>
      <PageHeader
        title="Trouble on purpose"
        answer={
          !demo ? ' ' : wrong === 0 ? 'Everything works. Break something and watch' : 'Something is broken on purpose'
        }
        {...(wrong > 0 && { tone: 'warning' as const })}
      />
      {!demo ? (
        <SkeletonRows rows={8} columns={['w-40', 'w-80']} />
      ) : (
        <div className="flex max-w-3xl flex-col gap-8 pb-8">
          <Section
            title="The mail server"
            note={
              demo.mail === null
                ? 'The sandbox does not answer.'
                : demo.mail === 'other'
                  ? 'Set to something else on the sandbox’s own page.'
                  : undefined
            }
          >
            <Choices
              name="mail"
              choices={mailChoices}
              value={demo.mail}
              disabled={!mayAct}
              onChoose={(trouble) => setMail.mutate({ trouble })}
            />
          </Section>
          <Section title="The storage">
            <Choices
              name="storage"
              choices={storageChoices}
              value={demo.storage}
              disabled={!mayAct}
              onChoose={(trouble) => setStorage.mutate({ trouble })}
            />
          </Section>
          <Section
            title="The workers"
            note="Killed without a word, as a crash would. Another starts by itself and goes on where this one was."
          >
            <ul className="flex flex-col divide-y rounded-md border">
              {demo.workers.map((worker) => (
                <li key={worker.id} className="flex min-h-11 items-center gap-4 px-3 py-1.5">
                  <span className="min-w-0 grow">
                    <span className="font-medium">{`Process ${worker.pid}`}</span>{' '}
                    <span className="text-muted">
                      since <RelativeTime at={new Date(worker.startedAt)} />, {formatCountOf(worker.running, 'job')}{' '}
                      running
                    </span>
                  </span>
                  <Button
                    size="sm"
                    variant="danger"
                    disabled={!mayAct}
                    onClick={() => kill.mutate({ worker: worker.id })}
                  >
                    Kill
                  </Button>
                </li>
              ))}
              {demo.workers.length === 0 && (
                <li className="px-3 py-2.5 text-muted">No worker runs now. One starts within seconds.</li>
              )}
            </ul>
          </Section>
          <p className="text-muted">
            What to watch: approve some{' '}
            <RouterLink to="/orders?tab=waiting" className={linkStyle}>
              orders
            </RouterLink>
            , then look at{' '}
            <RouterLink to="/jobs?tab=failed" className={linkStyle}>
              failed jobs
            </RouterLink>{' '}
            and{' '}
            <RouterLink to="/deliveries" className={linkStyle}>
              deliveries
            </RouterLink>
            .
          </p>
        </div>
      )}
    </>
  );
}

function Section({ title, note, children }: { title: string; note?: string | undefined; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{title}</h2>
      {note && <p className="text-muted">{note}</p>}
      {children}
    </section>
  );
}

type ChoicesProps<Value extends string> = {
  name: string;
  choices: Record<Value, { label: string; effect: string }>;
  value: string | null;
  disabled: boolean;
  onChoose: (value: Value) => void;
};

function Choices<Value extends string>({ name, choices, value, disabled, onChoose }: ChoicesProps<Value>) {
  return (
    <div role="radiogroup" aria-label={name} className="flex flex-col divide-y rounded-md border">
      {(Object.keys(choices) as Value[]).map((key) => (
        <label
          key={key}
          className="flex min-h-11 cursor-default items-center gap-3 px-3 py-1.5 has-checked:bg-accent-soft hover:not-has-checked:bg-hover"
        >
          <input
            type="radio"
            name={name}
            className="size-4 accent-(--color-accent)"
            checked={key === value}
            disabled={disabled}
            onChange={() => onChoose(key)}
          />
          <span className="w-36 shrink-0 font-medium">{choices[key].label}</span>
          <span className="min-w-0 text-muted">{choices[key].effect}</span>
        </label>
      ))}
    </div>
  );
}
