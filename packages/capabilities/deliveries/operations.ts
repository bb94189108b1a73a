/** What other capabilities may do with deliveries, in their own transaction. */
export { abortDelivery, abortWithheld, type WithheldAbort } from './abort-deliveries.ts';
export { withdrawMessages } from './acknowledge-messages.ts';
export {
  createDeliveries,
  createDelivery,
  type DeliveryOrigin,
  type MadeDelivery,
  type NewDelivery,
} from './create-deliveries.ts';
export {
  collectDeliveries,
  deliveriesLeaving,
  eraseDeliveries,
  findCustomerDeliveries,
  stopDeliveries,
} from './customer-data.ts';
export { findDeliveryOfJob } from './delivery-of-job.ts';
export { countDeliveryErrors, measureDeliveries } from './measure-deliveries.ts';
export { redirectUnsent } from './redirect-unsent.ts';
export { readHold, releaseMessages } from './restored/hold-messages.ts';
