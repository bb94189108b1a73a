import type { PortalOrder } from '../portal-contract.ts';

/**
 * While something is made or sent; while the shop may say something; in ms. A page that nobody sees does not ask at
 * all.
 */
const MOVING_MS = 2_000;
const IDLE_MS = 10_000;
/** A picture that is not there by then is no longer waited for as eagerly. In ms. */
export const LATE_MS = 3 * 60_000;

/** How soon the page reads the order again. In ms. */
export function lookAgainIn(order: PortalOrder | undefined, uploading: boolean): number {
  const moves = ({ file, state, proof, createdAt }: PortalOrder['artworks'][number]) =>
    (file.state === 'waiting' && !isLate(createdAt)) || (state === 'sent' && file.state === 'ready' && !proof);
  return uploading || order?.artworks.some(moves) ? MOVING_MS : IDLE_MS;
}

export const isLate = (createdAt: string): boolean => Date.now() - new Date(createdAt).getTime() > LATE_MS;
