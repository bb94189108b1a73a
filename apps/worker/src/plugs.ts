import type { WorkerPlug } from '@windlass/capabilities/kit/worker-plug';
import type { CapabilityName } from '@windlass/capabilities/names';
import { workerPlug as approvals } from '@windlass/capabilities/approvals/worker-plug';
import { workerPlug as artwork } from '@windlass/capabilities/artwork/worker-plug';
import { workerPlug as customers } from '@windlass/capabilities/customers/worker-plug';
import { workerPlug as deliveries } from '@windlass/capabilities/deliveries/worker-plug';
import { workerPlug as operations } from '@windlass/capabilities/operations/worker-plug';
import { workerPlug as orders } from '@windlass/capabilities/orders/worker-plug';

/** What this worker is made of. A capability in names.ts that is missing here does not compile. */
const plugs = { orders, approvals, deliveries, artwork, customers, operations } satisfies Record<
  CapabilityName,
  WorkerPlug
>;

/** For whoever loops over them. */
export const plugList: readonly WorkerPlug[] = Object.values(plugs);
