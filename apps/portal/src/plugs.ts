import type { PortalPlug } from '@windlass/capabilities/kit/portal-plug';
import { portalPlug as artwork } from '@windlass/capabilities/artwork/portal-plug';
import type { CapabilityName } from '@windlass/capabilities/names';

/** What the customers' pages are made of: those capabilities that have any. */
const plugs = { artwork } satisfies Partial<Record<CapabilityName, PortalPlug>>;

/** For whoever loops over them. */
export const plugList: readonly PortalPlug[] = Object.values(plugs);
