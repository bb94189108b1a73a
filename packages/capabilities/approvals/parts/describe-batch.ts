import type { Tone } from '@windlass/ui/tone';
import { formatCount, formatCountOf } from '@windlass/ui/format';
import type { Batch } from '../contract.ts';

export type BatchWords = {
  sentence: string;
  tone: Tone;
  /** 0..1 of the orders that nothing more is done for; null where nothing moves any more. */
  share: number | null;
};

const words = {
  approve: { doing: 'Approving', done: 'approved' },
  reject: { doing: 'Rejecting', done: 'rejected' },
} as const;

/** How a batch stands, in one sentence: "Approving 1,000 orders: 290 sent, 2 failed". */
export function describeBatch(batch: Batch): BatchWords {
  const { decision, state, total, done, skipped, refused, moving, delivered, problems } = batch;
  const { doing, done: word } = words[decision];
  const decided = done + skipped + refused;
  const figures = [
    delivered > 0 && `${formatCount(delivered)} sent`,
    moving > 0 && state !== 'running' && `${formatCount(moving)} in progress`,
    problems > 0 && `${formatCount(problems)} failed`,
    refused > 0 && `${formatCount(refused)} refused`,
    skipped > 0 && `${formatCount(skipped)} ${word} before`,
  ].filter((figure) => typeof figure === 'string');
  const and = figures.length > 0 ? `: ${figures.join(', ')}` : '';
  const tone: Tone = problems > 0 || refused > 0 ? 'warning' : 'success';
  // Settled work: a mail that was handed to the queue is still ahead of us.
  const share = (decided - moving) / total;

  if (batch.stuck)
    return {
      sentence: `Stopped at ${formatCount(decided)} of ${formatCount(total)}: its job failed`,
      tone: 'danger',
      share: null,
    };
  switch (state) {
    case 'running':
      return {
        sentence: `${doing} ${formatCountOf(total, 'order')}${and || `: ${formatCount(decided)} ${word}`}`,
        tone: 'info',
        share,
      };
    case 'done':
    case 'partial':
      return moving > 0
        ? { sentence: `${formatCountOf(done, 'order')} ${word}${and}`, tone: 'info', share }
        : { sentence: `${formatCountOf(done, 'order')} ${word}${and}`, tone, share: null };
    case 'stopped':
      return {
        sentence: `Stopped: ${formatCount(done)} ${word}, ${formatCount(total - decided)} go on waiting${figures.length > 0 ? ` (${figures.join(', ')})` : ''}`,
        tone: 'warning',
        share: null,
      };
    case 'undone':
      return {
        sentence: `Undone: ${formatCountOf(total - skipped - refused, 'order')} ${total - skipped - refused === 1 ? 'waits' : 'wait'} again, nothing was sent`,
        tone: 'neutral',
        share: null,
      };
  }
}
