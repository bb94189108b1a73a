import { useMutation } from '@tanstack/react-query';
import type { PortalArtwork } from '@windlass/capabilities/artwork/portal-contract';
import { Button } from '@windlass/ui/button';
import { FailureNote } from '@windlass/ui/failure-note';
import { TextArea } from '@windlass/ui/text-area';
import { ThumbhashPicture } from '@windlass/ui/thumbhash-picture';
import { useState } from 'react';
import type { PortalApi } from './portal-api.ts';

/** The picture to say yes to, large, with the two answers. What was typed stays where sending it fails. */
export function ProofCard({ artwork, api, onAnswered }: { artwork: PortalArtwork; api: PortalApi; onAnswered: () => void }) {
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const decide = useMutation({ mutationFn: api.decide, onSuccess: onAnswered });
  const proof = artwork.proof!;
  const ask = () => {
    setTried(true);
    if (note.trim()) decide.mutate({ id: artwork.id, decision: 'request-changes', note: note.trim() });
  };
  return (
    <section aria-label={`Proof of ${artwork.name}`} className="flex flex-col gap-4 rounded-lg border p-4 sm:p-5">
      <div className="flex flex-col gap-0.5">
        <h2 className="text-lg font-semibold">May we print this?</h2>
        <p className="text-sm wrap-anywhere text-muted">{artwork.name}{artwork.version > 1 && `, version ${artwork.version}`}</p>
      </div>
      <div className="flex justify-center rounded-md bg-sunken">
        <ThumbhashPicture src={proof.url} thumbhash={null} width={proof.width} height={proof.height} alt={`Proof of ${artwork.name}`} eager className="max-h-[70dvh] rounded-md" />
      </div>
      {decide.isError && <FailureNote sentence="Your answer has not arrived." cause={decide.error.message} />}
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
        {!asking && <Button variant="primary" loading={decide.isPending} onClick={() => decide.mutate({ id: artwork.id, decision: 'approve' })}>Approve for printing</Button>}
        {!asking && <Button onClick={() => setAsking(true)}>Ask for changes</Button>}
        {asking && <Button variant="primary" loading={decide.isPending} onClick={ask}>Send</Button>}
        {asking && <Button variant="quiet" onClick={() => setAsking(false)}>Back</Button>}
      </div>
    </section>
  );
}
