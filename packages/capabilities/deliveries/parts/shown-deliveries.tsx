import { createContext, useContext } from 'react';
import type { DeliveryDetail } from '../contract.ts';
import type { FailedDelivery } from './delivery-failure.tsx';

/** A delivery of the subject whose page this is: `needsFix` says why, with the button that mends it. */
export type ShownDelivery = FailedDelivery & {
  needsFix: boolean;
  conversations: readonly Pick<DeliveryDetail['attemptRows'][number], 'attempt' | 'conversation'>[];
};

const Shown = createContext<readonly ShownDelivery[]>([]);

/** A page that shows a timeline says here what it knows of its deliveries beyond their events. */
export const ShownDeliveries = Shown.Provider;

export const useShownDelivery = (id: string): ShownDelivery | undefined =>
  useContext(Shown).find((delivery) => delivery.id === id);
