import { Button } from '@windlass/ui/button';
import { FailureNote } from '@windlass/ui/failure-note';
import { useMayAct } from '../../kit/person.tsx';
import { JobFixes } from '../../operations/parts/job-fixes.tsx';
import type { ArtworkDetail, ArtworkRow } from '../contract.ts';
import { workFailed } from '../parts/artwork-badge.ts';
import { useOrderUploader } from '../parts/use-order-uploader.tsx';
import { ChooseFiles } from '../upload/choose-files.tsx';
import { UploadTray } from '../upload/upload-tray.tsx';

type Props = { artwork: ArtworkRow; detail: ArtworkDetail | undefined; onAskChanges: () => void };

/**
 * What went wrong with an artwork, each with what mends it: its file, its pictures, its proof. Nothing where nothing
 * did.
 */
export function ArtworkFailure({ artwork, detail, onAskChanges }: Props) {
  const { file, job } = artwork;
  if (file.state === 'failed' && file.reason) {
    return <UnreadableFile artwork={artwork} reason={file.reason} onAskChanges={onAskChanges} />;
  }
  if (workFailed(artwork) && job) {
    return (
      <FailureNote
        sentence={job.state === 'cancelled' ? 'Making the picture was cancelled.' : 'The picture could not be made.'}
        fix="The file itself is kept as it was sent."
        tone={job.state === 'cancelled' || job.acknowledged ? 'neutral' : 'danger'}
        action={<JobFixes jobId={job.id} acknowledged={job.state === 'cancelled' || job.acknowledged} />}
      />
    );
  }
  const proof = detail?.failedProof;
  if (!proof) return null;
  return (
    <FailureNote
      sentence={proof.sentence ?? 'The proof could not be made.'}
      fix={proof.hint}
      tone={proof.acknowledged ? 'neutral' : 'danger'}
      action={<JobFixes jobId={proof.jobId} acknowledged={proof.acknowledged} />}
    />
  );
}

function UnreadableFile({
  artwork,
  reason,
  onAskChanges,
}: {
  artwork: ArtworkRow;
  reason: NonNullable<ArtworkRow['file']['reason']>;
  onAskChanges: () => void;
}) {
  const uploader = useOrderUploader(artwork.orderId);
  const mayAct = useMayAct('operator');
  const replace = ([file]: File[]) => file && uploader.add([file], { replacesId: artwork.id });
  return (
    <div className="flex flex-col gap-3">
      <FailureNote
        sentence={reason.sentence}
        fix={reason.hint}
        action={
          mayAct && (
            <>
              <ChooseFiles size="sm" variant="primary" single label="New version" onFiles={replace}>
                Upload new version
              </ChooseFiles>
              <Button size="sm" onClick={onAskChanges}>
                Ask customer for another file
              </Button>
            </>
          )
        }
      />
      <UploadTray uploader={uploader} />
    </div>
  );
}
