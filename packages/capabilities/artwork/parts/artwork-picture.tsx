import { Button } from '@windlass/ui/button';
import { cx } from '@windlass/ui/cx';
import { Progress } from '@windlass/ui/progress';
import { ThumbhashPicture } from '@windlass/ui/thumbhash-picture';
import { FileText, ImageOff } from 'lucide-react';
import type { ArtworkRow } from '../contract.ts';
import { workFailed, workWords } from './artwork-badge.ts';

type Props = {
  artwork: Pick<ArtworkRow, 'id' | 'name' | 'file' | 'job' | 'thumb' | 'preview' | 'full'>;
  size: 'thumb' | 'preview' | 'full';
  /** Runs the job of its pictures again. */
  onRetry?: ((jobId: string) => void) | undefined;
  /** Leads to what mends a file that could not be read. */
  onMend?: (() => void) | undefined;
  className?: string;
};

/**
 * The picture of an artwork; while there is none, what is being done for it; where there will be none, why and what
 * helps.
 */
export function ArtworkPicture({ artwork, size, onRetry, onMend, className }: Props) {
  const { file, job, name } = artwork;
  const picture = artwork[size];
  if (picture) {
    return (
      <ThumbhashPicture
        src={picture.url}
        thumbhash={file.thumbhash}
        width={picture.width}
        height={picture.height}
        alt={name}
        className={className}
      />
    );
  }
  const frame = cx('flex size-full flex-col items-center justify-center gap-2 p-3 text-center text-xs', className);
  if (workFailed(artwork)) {
    return (
      <div className={frame}>
        <ImageOff aria-hidden size={20} className={job?.acknowledged ? 'text-muted' : 'text-danger-text'} />
        <p className={cx('text-pretty', job?.acknowledged ? 'text-muted' : 'text-danger-text')}>
          The picture could not be made.
        </p>
        {job && onRetry && (
          <Button size="sm" className="z-10" onClick={() => onRetry(job.id)}>
            Try again
          </Button>
        )}
      </div>
    );
  }
  if (file.state === 'waiting') {
    return (
      <div className={frame}>
        <div className="w-full max-w-36">
          <Progress
            value={job?.step ? (job.progress ?? 0) : null}
            label={workWords(artwork) ?? ''}
            workKey={`${artwork.id} ${job?.step ?? ''}`}
          />
        </div>
      </div>
    );
  }
  const Icon = file.state === 'no_preview' ? FileText : ImageOff;
  return (
    <div className={frame} title={[file.reason?.sentence, file.reason?.hint].filter(Boolean).join(' ')}>
      <Icon aria-hidden size={20} className={file.state === 'failed' ? 'text-danger-text' : 'text-muted'} />
      {file.state === 'no_preview' ? (
        <p className="font-medium text-muted">{file.kind.toUpperCase()}, no preview</p>
      ) : (
        <p className="line-clamp-3 text-pretty text-danger-text">{file.reason?.sentence}</p>
      )}
      {file.state === 'failed' && onMend && (
        <Button size="sm" className="z-10" onClick={onMend}>
          Replace file…
        </Button>
      )}
    </div>
  );
}
