import { type TimelineWords, tells } from '../../kit/timeline-words.ts';
import { deliveryAcknowledged } from '../events.ts';
import { DeliveryStory } from './delivery-story.tsx';
import { readMoved } from './describe-delivery.ts';

/** How deliveries read on the timeline of what they serve. */
export const timeline: TimelineWords = {
  words: [tells(deliveryAcknowledged, ({ by }) => ({ title: 'Failure acknowledged', actor: by }))],
  stories: [{ storyOf: (event) => readMoved(event)?.deliveryId, Story: DeliveryStory }],
};
