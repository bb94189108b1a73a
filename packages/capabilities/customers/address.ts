import { createHmac } from 'node:crypto';
import { checkAddress } from '@windlass/messaging/check-address';
import { Refusal } from '../kit/refusal.ts';

/** A person is their address, in whatever case it was written. Refuses what is none. */
export function addressOf(email: string): string {
  const checked = checkAddress(email);
  if (!checked.ok)
    throw new Refusal('invalid', checked.code, { message: checked.sentence, fields: { email: checked.sentence } });
  return checked.address.toLowerCase();
}

/**
 * Names a person where they must not be named. Keyed, so that nobody finds them by trying addresses on a copy of the
 * database.
 */
export const addressHash = (secret: string, { shopId, address }: { shopId: string; address: string }): string =>
  createHmac('sha256', secret).update(`customer ${shopId} ${address}`).digest('hex').slice(0, 32);
