import type { AnyTRPCRouter } from '@trpc/server';
import { z } from 'zod';
import { listProcedures, type Procedure } from './list-procedures.ts';

export type ObjectKind =
  | 'order'
  | 'link'
  | 'delivery'
  | 'job'
  | 'person'
  | 'apiKey'
  | 'upload'
  | 'source'
  | 'refusedOrder'
  | 'batch'
  | 'artwork'
  | 'artworkUpload';

/** What the ids in the inputs name, by `<procedure>.<field>`. */
export const idsByField: Readonly<Record<string, ObjectKind>> = {
  'orders.rows.ids': 'order',
  'orders.get.id': 'order',
  'orders.correctEmail.id': 'order',
  'orders.import.id': 'upload',
  'orders.importColumns.id': 'upload',
  'orders.chooseColumns.id': 'upload',
  'orders.startImport.id': 'upload',
  'orders.setSourceSecret.id': 'source',
  'orders.removeSource.id': 'source',
  'orders.takeAgain.id': 'refusedOrder',
  'orders.dismissRefused.id': 'refusedOrder',
  'approvals.approve.orderId': 'order',
  'approvals.reject.orderId': 'order',
  'approvals.undo.orderId': 'order',
  'approvals.reopen.orderId': 'order',
  'approvals.revokeLink.linkId': 'link',
  'approvals.restoreLink.linkId': 'link',
  'approvals.copyLink.linkId': 'link',
  'approvals.batch.batchId': 'batch',
  'approvals.undoBatch.batchId': 'batch',
  'approvals.stopBatch.batchId': 'batch',
  'approvals.approveMany.orderIds': 'order',
  'approvals.rejectMany.orderIds': 'order',
  'deliveries.rows.ids': 'delivery',
  'deliveries.get.id': 'delivery',
  'deliveries.preview.id': 'delivery',
  'deliveries.retry.id': 'delivery',
  'deliveries.resend.id': 'delivery',
  'deliveries.abort.id': 'delivery',
  'deliveries.resolveUncertain.deliveryId': 'delivery',
  'artwork.rows.ids': 'artwork',
  'artwork.ofOrder.orderId': 'order',
  'artwork.get.id': 'artwork',
  'artwork.see.ids': 'artwork',
  'artwork.decide.id': 'artwork',
  'artwork.sendProof.id': 'artwork',
  'artwork.remove.id': 'artwork',
  'artwork.restore.id': 'artwork',
  'artwork.link.orderId': 'order',
  'artwork.makeLink.orderId': 'order',
  'artwork.revokeLink.orderId': 'order',
  'artwork.restoreLink.orderId': 'order',
  'artwork.startUpload.orderId': 'order',
  'artwork.resumeUpload.uploadId': 'artworkUpload',
  'artwork.partUrls.uploadId': 'artworkUpload',
  'artwork.finishUpload.uploadId': 'artworkUpload',
  'artwork.abandonUpload.uploadId': 'artworkUpload',
  'operations.jobRows.ids': 'job',
  'operations.job.id': 'job',
  'operations.retryJob.id': 'job',
  'operations.cancelJob.id': 'job',
  'operations.acknowledgeJob.id': 'job',
  'operations.setRole.id': 'person',
  'operations.resendInvitation.id': 'person',
  'operations.sendReset.id': 'person',
  'operations.disablePerson.id': 'person',
  'operations.enablePerson.id': 'person',
  'operations.removePerson.id': 'person',
  'operations.revokeApiKey.id': 'apiKey',
};

/** The field of an input that names an object, e.g. `orderId`; undefined where there is none. */
export function idFieldOf(procedure: Procedure): { field: string; many: boolean } | undefined {
  if (!procedure.input) return undefined;
  const schema = z.toJSONSchema(procedure.input, { io: 'input', unrepresentable: 'any' });
  const field = Object.keys(schema.properties ?? {}).find((name) => /^ids?$|Ids?$/.test(name));
  return field === undefined ? undefined : { field, many: field.toLowerCase().endsWith('ids') };
}

/** What is wrong with the declarations of a router, as sentences that say what to do. Empty: nothing. */
export function checkProcedures(router: AnyTRPCRouter): string[] {
  return listProcedures(router).flatMap((procedure) => {
    const { name, role, hasOutput, bearer } = procedure;
    const id = idFieldOf(procedure);
    return [
      role === undefined && `${name} declares no role: begin it with viewer, operator or admin of kit/trpc.ts.`,
      bearer &&
        role === 'viewer' &&
        `${name} hands out links for the role viewer: begin it with bearer of kit/trpc.ts.`,
      !hasOutput &&
        `${name} has no output schema: add .output(...) from its contract, so that no row leaves the server as it is.`,
      id &&
        !idsByField[`${name}.${id.field}`] &&
        `${name} takes ${id.field}: say in apps/server/test/setup/check-procedures.ts what it names.`,
    ].filter((fault) => typeof fault === 'string');
  });
}
