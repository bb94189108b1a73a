import { Link } from '@tanstack/react-router';
import type { RenderLink } from '@windlass/ui/link-style';

/** The router's link, as the design system's components take it. `to` may carry a query. */
export const RouterLink: RenderLink = ({ to, ...rest }) => {
  const [path = '/', query = ''] = to.split('?');
  return <Link to={path} search={Object.fromEntries(new URLSearchParams(query))} {...rest} />;
};
