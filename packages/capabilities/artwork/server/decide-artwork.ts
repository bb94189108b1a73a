import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import type { z } from 'zod';
import { recordAudit } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { decideInput } from '../contract.ts';
import type { UploadScope } from './upload-scope.ts';
import { artworkApproved, changesRequested } from '../events.ts';

const LOCK = `select o.id as "orderId", a.name, a.version, a.state, a.superseded_at is not null as superseded,
  f.state = 'failed' as unreadable
  from artwork a join customer_order o on o.id = a.order_id join artwork_file f on f.id = a.file_id
  where a.id = $1 and a.shop_id = $2 and ($3::text is null or a.order_id = $3) and a.removed_at is null
    for update of o, a`;
type Locked = {
  orderId: string;
  name: string;
  version: number;
  state: string;
  superseded: boolean;
  unreadable: boolean;
};
const DECIDE = `update artwork set state = $2::artwork_state, note = $3, decided_at = now(), decided_by = $4
  where id = $1`;

/**
 * The customer's word, or an operator's for them: it may be printed, or it is to be changed. Saying the same twice
 * changes nothing.
 */
export async function decideArtwork(scope: UploadScope, input: z.output<typeof decideInput>): Promise<string> {
  const note = input.decision === 'request-changes' ? input.note || undefined : undefined;
  if (input.decision === 'request-changes' && !note) {
    throw new Refusal('invalid', 'NOTE_NEEDED', {
      message: 'Say what should be changed.',
      fields: { note: 'Say what should be changed.' },
    });
  }
  const state = input.decision === 'approve' ? 'approved' : 'changes_requested';
  await scope.services.database.transaction(async (tx: Tx) => {
    const artwork = await tx.row<Locked>('lock-artwork', LOCK, [input.id, scope.shopId, scope.orderId ?? null]);
    if (!artwork) throw notFound('artwork');
    if (artwork.superseded)
      throw new Refusal('conflict', 'OLD_VERSION', {
        message: 'There is a newer version of this artwork. Decide on that one.',
      });
    if (artwork.state === state && !note) return;
    if (state === 'approved' && artwork.unreadable)
      throw new Refusal('conflict', 'NO_PICTURE', {
        message:
          'No picture could be made of this file, so nobody can say what would be printed. Ask for another file.',
      });
    await tx.rows('decide-artwork', DECIDE, [input.id, state, note ?? null, scope.personId]);
    await recordEvents(tx, [
      (state === 'approved' ? artworkApproved : changesRequested)({
        shopId: scope.shopId,
        subject: artwork.orderId,
        data: {
          artworkId: input.id,
          name: artwork.name,
          version: artwork.version,
          by: scope.by,
          ...(note && { note }),
        },
      }),
    ]);
    await recordAudit(tx, {
      shopId: scope.shopId,
      actor: { kind: scope.personId ? 'person' : 'customer', id: scope.personId },
      action: `artwork.${input.decision}`,
      subject: input.id,
      requestId: scope.requestId,
    });
  });
  return state === 'approved' ? 'Approved for printing.' : 'Changes are asked for.';
}
