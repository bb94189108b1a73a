import { useMutation } from '@tanstack/react-query';
import type { PortalArtwork } from '../portal-contract.ts';
import { Button } from '@windlass/ui/button';
import { FailureNote } from '@windlass/ui/failure-note';
import { TextArea } from '@windlass/ui/text-area';
import { ThumbhashPicture } from '@windlass/ui/thumbhash-picture';
import { FileText } from 'lucide-react';
import { useState } from 'react';
import type { PortalApi } from './portal-api.ts';
import { ProofAnswer } from './proof-answer.tsx';

type Props = {
  artwork: PortalArtwork;
  decide: PortalApi['decide'];
  onAnswered: (change: Pick<PortalArtwork, 'state' | 'note'>) => void;
};

/**
 * What to say yes to, large, with the two answers; then the answer that was given. What was typed stays where sending
 * it fails.
 */
export function ProofCard({ artwork, decide, onAnswered }: Props) {
  const { id, name, version, proof, file, state } = artwork;
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const answer = useMutation({
    mutationFn: decide,
    onSuccess: (_done, { decision, note: said }) => {
      setAsking(false);
      onAnswered(
        decision === 'approve' ? { state: 'approved', note: null } : { state: 'changes_requested', note: said ?? null },
      );
    },
  });
  const pending = (decision: string) => answer.isPending && answer.variables.decision === decision;
  const ask = () => {
    setTried(true);
    if (note.trim()) answer.mutate({ id, decision: 'request-changes', note: note.trim() });
  };
  return (
    <section aria-label={`Proof of ${name}`} className="flex flex-col gap-4 rounded-lg border p-4 sm:p-5">
      <div className="flex flex-col gap-0.5">
        <h2 className="text-lg font-semibold">{state === 'sent' ? 'May we print this?' : 'Your answer'}</h2>
        <p className="text-sm wrap-anywhere text-muted">
          {name}
          {version > 1 && `, version ${version}`}
        </p>
      </div>
      {proof ? (
        <div className="flex justify-center rounded-md bg-sunken">
          <ThumbhashPicture
            src={proof.url}
            thumbhash={null}
            width={proof.width}
            height={proof.height}
            alt={`Proof of ${name}`}
            eager
            className="max-h-[70dvh] rounded-md"
          />
        </div>
      ) : (
        <div className="flex items-center gap-3 rounded-md bg-sunken p-4 text-sm text-muted">
          <FileText aria-hidden size={20} className="shrink-0" />
          <p className="text-pretty">
            There is no picture of {file.kind.toUpperCase()} files. Please look at the file on your side, as you sent
            it, before you answer.
          </p>
        </div>
      )}
      {state !== 'sent' ? (
        <ProofAnswer artwork={artwork} />
      ) : (
        <>
          {answer.isError && (
            <FailureNote
              sentence="Your answer has not arrived."
              cause={answer.error.message}
              fix="Please answer once more."
            />
          )}
          {asking && (
            <TextArea
              label="What should be changed"
              value={note}
              maxLength={2000}
              rows={4}
              autoFocus
              onChange={(event) => setNote(event.target.value)}
              {...(tried && !note.trim() && { error: 'Say what should be changed.' })}
            />
          )}
          <div className="flex flex-wrap gap-2 max-sm:*:flex-1">
            {!asking && (
              <Button
                variant="primary"
                loading={pending('approve')}
                disabled={answer.isPending}
                onClick={() => answer.mutate({ id, decision: 'approve' })}
              >
                Approve for printing
              </Button>
            )}
            {!asking && (
              <Button disabled={answer.isPending} onClick={() => setAsking(true)}>
                Ask for changes
              </Button>
            )}
            {asking && (
              <Button variant="primary" loading={pending('request-changes')} onClick={ask}>
                Send
              </Button>
            )}
            {asking && (
              <Button variant="quiet" disabled={answer.isPending} onClick={() => setAsking(false)}>
                Back
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}
