import { lazyPart } from '../../kit/lazy-part.ts';
import type { PortalPlug } from '../../kit/portal-plug.ts';

export const portalPlug: PortalPlug = {
  pages: [{ prefix: 'a', Page: lazyPart(() => import('./order-page.tsx').then((file) => file.OrderPage)) }],
};
