import type { AdminPlug } from '@windlass/capabilities/kit/admin-plug';
import type { CapabilityName } from '@windlass/capabilities/names';
import { adminPlug as approvals } from '@windlass/capabilities/approvals/admin-plug';
import { adminPlug as artwork } from '@windlass/capabilities/artwork/admin-plug';
import { adminPlug as customers } from '@windlass/capabilities/customers/admin-plug';
import { adminPlug as deliveries } from '@windlass/capabilities/deliveries/admin-plug';
import { adminPlug as operations } from '@windlass/capabilities/operations/admin-plug';
import { adminPlug as orders } from '@windlass/capabilities/orders/admin-plug';

/**
 * What this admin is made of. A capability in names.ts that is missing here does not compile. The order is the rail's.
 */
const plugs = { orders, approvals, deliveries, artwork, customers, operations } satisfies Record<
  CapabilityName,
  AdminPlug
>;

/** For whoever loops over them. */
export const plugList: readonly AdminPlug[] = Object.values(plugs);

/** Where the house opens: the first place in the rail. */
export const home = plugList.flatMap(({ rail }) => rail)[0]!;
