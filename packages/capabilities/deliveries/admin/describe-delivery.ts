import type { TimelineEvent } from '../../kit/timeline-contract.ts';
import { type DeliveryState, deliveryStates } from '../contract.ts';
import { type DeliveryMoved, deliveryMoved } from '../events.ts';

export type AttemptStory = {
  number: number;
  at: string;
  state: DeliveryState;
  words: string;
  composeMs?: number;
  sendMs?: number;
};
export type DeliveryStory = {
  at: string;
  state: DeliveryState;
  title: string;
  totalMs?: number;
  attempts: AttemptStory[];
};
type Moved = Partial<DeliveryMoved> & { state: DeliveryState };

/** Undefined: it tells of no delivery's state. */
export function readMoved(event: TimelineEvent): Moved | undefined {
  const state = deliveryStates.find((one) => deliveryMoved[one].type === event.type);
  return state && { ...deliveryMoved[state].read(event), state };
}

/** What became of a delivery, by its events in their order, with its attempts folded into it. */
export function describeDelivery(events: readonly TimelineEvent[]): DeliveryStory {
  const story: DeliveryStory = { at: '', state: 'queued', title: '', attempts: [] };
  for (const event of events) {
    const moved = readMoved(event);
    if (moved) addTo(story, event.at, moved);
  }
  return story;
}

function addTo(story: DeliveryStory, at: string, moved: Moved): void {
  const { state, totalMs, attempt: number, sentence, composeMs, sendMs } = moved;
  Object.assign(story, { at, state, title: titleOf(moved, story), ...(totalMs !== undefined && { totalMs }) });
  if (number === undefined) return;
  let attempt = story.attempts.find((one) => one.number === number);
  if (!attempt) {
    attempt = { number, at, state, words: '' };
    story.attempts.push(attempt);
  }
  Object.assign(attempt, {
    at,
    state,
    words: sentence ?? wordsOf(state),
    ...(composeMs !== undefined && { composeMs }),
    ...(sendMs !== undefined && { sendMs }),
  });
}

function titleOf({ state, by, again, resend, byHand }: Moved, before: DeliveryStory): string {
  switch (state) {
    case 'withheld':
      return 'Mail sends when the time to undo is over';
    case 'queued':
      if (again) return `Sent again by ${by}`;
      return resend ? 'Mail queued again' : 'Mail queued';
    case 'sending':
    case 'committing':
      return 'Sending the mail';
    case 'accepted':
      return before.attempts.length > 1
        ? `Mail accepted by the server, at attempt ${before.attempts.length}`
        : 'Mail accepted by the server';
    case 'awaiting_retry':
      return 'Mail not sent yet, trying again';
    case 'failed':
      return 'Mail could not be sent';
    case 'bounced':
      return 'Mail came back';
    case 'aborted':
      return 'Mail cancelled before it left';
    case 'uncertain':
      return 'Nobody knows whether the mail arrived';
    case 'sent':
      return byHand ? `Marked as sent by ${by}` : 'Mail sent';
    case 'delivered':
      return 'Mail delivered';
    case 'read':
      return 'Mail read';
  }
}

function wordsOf(state: DeliveryState): string {
  if (state === 'sending') return 'talking to the mail server';
  if (state === 'committing') return 'sending the message';
  return state.replace('_', ' ');
}
