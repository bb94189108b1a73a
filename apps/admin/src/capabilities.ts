import type { CapabilityName } from '@windlass/capabilities/names';
import type { AdminPart } from '@windlass/capabilities/kit/screen';
import { adminPart as approvals } from '@windlass/capabilities/approvals/admin';
import { adminPart as artwork } from '@windlass/capabilities/artwork/admin';
import { adminPart as customers } from '@windlass/capabilities/customers/admin';
import { adminPart as deliveries } from '@windlass/capabilities/deliveries/admin';
import { adminPart as operations } from '@windlass/capabilities/operations/admin';
import { adminPart as orders } from '@windlass/capabilities/orders/admin';

/** A capability in names.ts that is missing here does not compile. The order is the rail's. */
const parts = { orders, approvals, deliveries, artwork, customers, operations } satisfies Record<
  CapabilityName,
  AdminPart
>;

export const adminParts: readonly AdminPart[] = Object.values(parts);
