import type { PortalArtwork } from '../portal-contract.ts';
import type { UploadStand } from '../upload/use-uploads.tsx';
import { waitsForAnswer } from './waits-for-answer.ts';

/** What the customer wants to know first: whether anything is left for them to do. */
export function answerOf(artworks: readonly PortalArtwork[], uploads: UploadStand): string {
  const count = (test: (artwork: PortalArtwork) => boolean) => artworks.filter(test).length;
  const proofs = count(waitsForAnswer);
  const unusable = count(({ file }) => file.state === 'failed');
  const approved = count(({ state }) => state === 'approved');
  const files = artworks.length === 1 ? '1 file' : `${artworks.length} files`;
  if (uploads === 'moving') return 'Your files are being sent. Please keep this page open until they are here.';
  if (uploads === 'paused') return 'Sending is paused. Please go on with it, and keep this page open.';
  if (uploads === 'failed') return 'Some files could not be sent. Please try them again below.';
  if (proofs > 0) return proofs === 1 ? '1 proof waits for your answer.' : `${proofs} proofs wait for your answer.`;
  if (artworks.length === 0) return 'Nothing sent yet.';
  if (unusable > 0)
    return unusable === 1
      ? '1 file cannot be used: please send another.'
      : `${unusable} files cannot be used: please send others.`;
  if (approved === artworks.length) return `${files} approved. There is nothing left to do.`;
  return `${files} received${approved > 0 ? `, ${approved} approved` : ''}. There is nothing else to do until the shop writes to you.`;
}
