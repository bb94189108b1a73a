import type { ReactElement, ReactNode } from 'react';

/** The look of a link in running text or a table; underlined on hover, always in the accent colour. */
export const linkStyle = 'rounded-sm font-medium text-accent-text underline-offset-2 hover:underline';

/** A link in running text, where colour alone would not set it apart. */
export const inlineLinkStyle =
  'rounded-sm text-accent-text underline decoration-accent-text/40 underline-offset-2 hover:decoration-current';

export type LinkSlot = {
  to: string;
  className: string;
  children: ReactNode;
  'aria-current'?: 'page';
  'aria-label'?: string;
  title?: string;
  onClick?: () => void;
};

/** How a component draws a link without knowing the router: pass every prop on to the router's own Link. */
export type RenderLink = (link: LinkSlot) => ReactElement;
