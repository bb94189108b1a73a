import type { SandboxPlug } from '@windlass/capabilities/kit/sandbox-plug';
import type { CapabilityName } from '@windlass/capabilities/names';
import { sandboxPlug as deliveries } from '@windlass/capabilities/deliveries/sandbox-plug';

/** What the world outside is made of: of those capabilities that meet it. The first one's pages are the front. */
const plugs = { deliveries } satisfies Partial<Record<CapabilityName, SandboxPlug>>;

/** For whoever loops over them. */
export const plugList: readonly SandboxPlug[] = Object.values(plugs);
