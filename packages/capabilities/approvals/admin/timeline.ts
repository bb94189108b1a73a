import { type TimelineWords, tells, type Words } from '../../kit/timeline-words.ts';
import { approveBudget } from '../budgets.ts';
import {
  decisionUndone,
  downloaded,
  linkRestored,
  linkRevoked,
  orderApproved,
  orderRejected,
  orderReopened,
} from '../events.ts';
import { concernList } from '../rules.ts';

/** How what approvals tell of an order reads on its timeline. */
export const timeline: TimelineWords = {
  words: [
    tells(orderApproved, ({ by, notes, ms, batchId, despite }) => ({
      title: batchId
        ? 'Approved together with others'
        : despite
          ? `Approved although it ${concernList(despite)}`
          : 'Approved',
      tone: 'success',
      icon: 'check',
      actor: by,
      ...noteOf(notes),
      ...(ms !== undefined && { durationMs: ms, budgetMs: approveBudget.ms }),
    })),
    tells(orderRejected, ({ by, notes, batchId }) => ({
      title: batchId ? 'Rejected together with others' : 'Rejected',
      icon: 'ban',
      actor: by,
      ...noteOf(notes),
    })),
    tells(orderReopened, ({ by }) => ({ title: 'Reopened: waits for you again', icon: 'circle', actor: by })),
    tells(decisionUndone, ({ by }) => ({ title: 'Decision undone', icon: 'circle', actor: by })),
    tells(downloaded, ({ bundle, count, of }) => ({
      title: `Downloaded: ${bundle}`,
      tone: 'success',
      icon: 'check-double',
      actor: `${count} of ${of}`,
    })),
    tells(linkRevoked, ({ by }) => ({ title: 'Link revoked', icon: 'ban', actor: by })),
    tells(linkRestored, ({ by }) => ({ title: 'Revocation undone: the link opens again', actor: by })),
  ],
};

/** What whoever decided said about it. */
const noteOf = (notes: string | null | undefined): Pick<Words, 'aside'> => (notes ? { aside: notes } : {});
