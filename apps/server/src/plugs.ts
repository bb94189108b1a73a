import type { ServerPlug } from '@windlass/capabilities/kit/server-plug';
import type { CapabilityName } from '@windlass/capabilities/names';
import { serverPlug as approvals } from '@windlass/capabilities/approvals/server-plug';
import { serverPlug as artwork } from '@windlass/capabilities/artwork/server-plug';
import { serverPlug as customers } from '@windlass/capabilities/customers/server-plug';
import { serverPlug as deliveries } from '@windlass/capabilities/deliveries/server-plug';
import { serverPlug as operations } from '@windlass/capabilities/operations/server-plug';
import { serverPlug as orders } from '@windlass/capabilities/orders/server-plug';

/** What this server is made of. A capability in names.ts that is missing here does not compile. */
export const plugs = { orders, approvals, deliveries, artwork, customers, operations } satisfies Record<
  CapabilityName,
  ServerPlug
>;

/** For whoever loops over them. */
export const plugList: readonly ServerPlug[] = Object.values(plugs);
