import type { ComponentType, LazyExoticComponent } from 'react';

/** A customers' page: `/<prefix>/<token>` opens it with the token of its link, which stays in memory from then on. */
export type PortalPage = { prefix: string; Page: LazyExoticComponent<ComponentType<{ token: string }>> };

/**
 * All that a capability adds to the customers' pages. The portal loops over the plugs of `apps/portal/src/plugs.ts` and
 * knows no capability by name.
 */
export type PortalPlug = { pages: readonly PortalPage[] };
