import { budgets } from '@windlass/config/budgets';
import type { TimelineItemProps } from '@windlass/ui/timeline-item';
import type { OrderConcern } from '../../approvals/contract.ts';
import { concernList } from '../../approvals/rules.ts';
import type { DeliveryState } from '../../deliveries/contract.ts';
import type { PaymentStatus, TimelineEvent } from '../contract.ts';
import { paymentLook } from '../parts/shop-look.ts';

export type PlainEntry = {
  kind: 'plain';
  seq: number;
  at: string;
  item: Omit<TimelineItemProps, 'at'>;
  /** How many files one entry tells of, sent one after the other. */
  uploads?: number;
};
export type AttemptStory = {
  number: number;
  at: string;
  state: DeliveryState;
  words: string;
  composeMs?: number;
  sendMs?: number;
};
export type DeliveryStory = {
  kind: 'delivery';
  deliveryId: string;
  at: string;
  state: DeliveryState;
  title: string;
  totalMs?: number;
  attempts: AttemptStory[];
};

/**
 * The record of an order in people's words, in the order of causes: one entry an event, but all events of a delivery
 * fold into one entry. That one stands where its latest event does, so that what led to it is above it and what it led
 * to below.
 */
export function tellTimeline(events: readonly TimelineEvent[], placedAt: string): (PlainEntry | DeliveryStory)[] {
  const entries: (PlainEntry | DeliveryStory)[] = [];
  const stories = new Map<string, DeliveryStory>();
  for (const event of events) {
    if (event.type.startsWith('delivery.')) {
      const id = String(event.data.deliveryId);
      let story = stories.get(id);
      if (!story) {
        story = { kind: 'delivery', deliveryId: id, at: event.at, state: 'queued', title: '', attempts: [] };
        stories.set(id, story);
      } else {
        entries.splice(entries.indexOf(story), 1);
      }
      entries.push(story);
      addToStory(story, event);
    } else {
      const before = entries.at(-1);
      if (
        event.type === 'artwork.uploaded' &&
        before?.kind === 'plain' &&
        before.uploads &&
        before.item.actor === event.data.by
      ) {
        addUpload(before, event);
        continue;
      }
      const item = tellPlain(event);
      // An order may reach us later than it was placed.
      if (item)
        entries.push({
          kind: 'plain',
          seq: event.seq,
          at: event.type === 'order.placed' ? placedAt : event.at,
          item,
          ...(event.type === 'artwork.uploaded' && { uploads: 1 }),
        });
    }
  }
  return entries;
}

const origins: Readonly<Record<string, string>> = {
  api: 'through the API',
  csv: 'from a file',
  shopify: 'from Shopify',
  woocommerce: 'from WooCommerce',
};

function tellPlain({ type, data }: TimelineEvent): Omit<TimelineItemProps, 'at'> | undefined {
  const by = typeof data.by === 'string' ? { actor: data.by } : {};
  switch (type) {
    case 'order.placed':
      return {
        title: 'Placed',
        actor: origins[String(data.source)] ?? 'demo shop',
        ...(Array.isArray(data.remarks) && { aside: data.remarks.join(' ') }),
      };
    case 'order.email-corrected':
      return {
        title:
          Number(data.redirected) > 0 ? 'E-mail address corrected, the mail goes there' : 'E-mail address corrected',
        ...by,
      };
    case 'order.changed-by-shop':
      return {
        title: tellShopChange(data),
        tone: data.cancelled === true ? 'danger' : 'warning',
        icon: data.cancelled === true ? 'cross' : 'alert',
        ...(typeof data.unread === 'string' && { aside: data.unread }),
      };
    case 'order.test-again':
      return { title: 'The shop sent this test again' };
    case 'order.customer-erased':
      return { title: 'Customer’s data erased', icon: 'ban' };
    case 'approval.approved':
      return {
        title: data.batchId
          ? 'Approved together with others'
          : Array.isArray(data.despite)
            ? `Approved although it ${concernList(data.despite as OrderConcern[])}`
            : 'Approved',
        tone: 'success',
        icon: 'check',
        ...by,
        ...notesOf(data),
        ...(typeof data.ms === 'number' && { durationMs: data.ms, budgetMs: budgets.approve }),
      };
    case 'approval.rejected':
      return {
        title: data.batchId ? 'Rejected together with others' : 'Rejected',
        icon: 'ban',
        ...by,
        ...notesOf(data),
      };
    case 'approval.reopened':
      return { title: 'Reopened: waits for you again', icon: 'circle', ...by };
    case 'approval.undone':
      return { title: 'Decision undone', icon: 'circle', ...by };
    case 'delivery-acknowledged':
      return { title: 'Failure acknowledged', ...by };
    case 'link.downloaded':
      return {
        title: `Downloaded: ${String(data.bundle)}`,
        tone: 'success',
        icon: 'check-double',
        actor: `${String(data.count)} of ${String(data.of)}`,
      };
    case 'link.revoked':
      return { title: 'Link revoked', icon: 'ban', ...by };
    case 'link.restored':
      return { title: 'Revocation undone: the link opens again', ...by };
    case 'artwork.uploaded':
      return {
        title: Number(data.version) > 1 ? `New version of ${artworkName(data)}` : `Artwork sent: ${artworkName(data)}`,
        ...by,
      };
    case 'artwork.proof-sent':
      return { title: `Proof sent: ${artworkName(data)}`, icon: 'arrow', ...by };
    case 'artwork.approved':
      return { title: `Approved for printing: ${artworkName(data)}`, tone: 'success', icon: 'check', ...by };
    case 'artwork.changes-requested':
      return {
        title: `Changes requested: ${artworkName(data)}`,
        tone: 'warning',
        icon: 'alert',
        ...by,
        ...(typeof data.note === 'string' && { aside: data.note }),
      };
    case 'artwork.removed':
      return { title: `Artwork removed: ${artworkName(data)}`, icon: 'ban', ...by };
    case 'artwork.restored':
      return { title: `Artwork put back: ${artworkName(data)}`, ...by };
    case 'artwork.link-revoked':
      return { title: 'The customer’s artwork link was closed', icon: 'ban', ...by };
    case 'artwork.link-restored':
      return { title: 'Closing undone: the artwork link opens again', ...by };
    default:
      return undefined;
  }
}

/** "The shop changed this order after it was approved: cancelled, refunded" */
function tellShopChange({ status, payment, cancelled, draft, test, lines, unread }: TimelineEvent['data']): string {
  const said = [
    cancelled === true && 'cancelled',
    cancelled === false && 'no longer cancelled',
    typeof payment === 'string' && paymentLook(payment as PaymentStatus).label.toLowerCase(),
    typeof draft === 'boolean' && (draft ? 'a draft' : 'no longer a draft'),
    test === true && 'a test',
    typeof lines === 'string' && (status === 'waiting' ? 'other lines' : 'other lines, which are not taken over'),
    typeof unread === 'string' && 'lines that could not be read',
  ].filter((word) => typeof word === 'string');
  return `The shop changed this order${status === 'waiting' ? '' : ` after it was ${String(status)}`}: ${said.join(', ')}`;
}

/** What whoever decided said about it. */
const notesOf = ({ notes }: TimelineEvent['data']): Pick<TimelineItemProps, 'aside'> =>
  typeof notes === 'string' && notes !== '' ? { aside: notes } : {};

const artworkName = (data: TimelineEvent['data']): string =>
  `${String(data.name)}${Number(data.version) > 1 ? `, version ${String(data.version)}` : ''}`;

/** Two hundred photos dropped at once are one thing that happened. */
function addUpload(entry: PlainEntry, { at }: TimelineEvent): void {
  entry.uploads = (entry.uploads ?? 1) + 1;
  entry.at = at;
  entry.item.title = `${entry.uploads} files of artwork sent`;
}

function addToStory(story: DeliveryStory, { type, at, data }: TimelineEvent): void {
  const state = type.slice('delivery.'.length) as DeliveryState;
  story.at = at;
  story.state = state;
  story.title = titleOf(state, data, story);
  if (typeof data.totalMs === 'number') story.totalMs = data.totalMs;
  if (typeof data.attempt !== 'number') return;
  let attempt = story.attempts.find((a) => a.number === data.attempt);
  if (!attempt) {
    attempt = { number: data.attempt, at, state, words: '' };
    story.attempts.push(attempt);
  }
  Object.assign(attempt, { at, state, words: typeof data.sentence === 'string' ? data.sentence : wordsOf(state) });
  if (typeof data.composeMs === 'number') attempt.composeMs = data.composeMs;
  if (typeof data.sendMs === 'number') attempt.sendMs = data.sendMs;
}

function titleOf(state: DeliveryState, data: TimelineEvent['data'], before: DeliveryStory): string {
  switch (state) {
    case 'withheld':
      return 'Mail sends when the time to undo is over';
    case 'queued':
      if (data.again === true) return `Sent again by ${String(data.by)}`;
      return data.resend === true ? 'Mail queued again' : 'Mail queued';
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
      return data.byHand === true ? `Marked as sent by ${String(data.by)}` : 'Mail sent';
    case 'delivered':
      return 'Mail delivered';
    case 'read':
      return 'Mail read';
  }
}

const wordsOf = (state: DeliveryState): string =>
  state === 'sending'
    ? 'talking to the mail server'
    : state === 'committing'
      ? 'sending the message'
      : state === 'accepted'
        ? 'accepted'
        : state.replace('_', ' ');
