import type { RenderLink } from '../src/link-style.tsx';

/** The gallery has no router: its links lead nowhere. */
export const renderLink: RenderLink = ({ to, ...rest }) => <a href={to} {...rest} />;
