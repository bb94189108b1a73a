import { RouterLink } from '@windlass/capabilities/kit/render-link';
import { buttonClass } from '@windlass/ui/button';
import { EmptyState } from '@windlass/ui/empty-state';
import { useDocumentTitle } from '@windlass/ui/use-document-title';
import { home } from './plugs.ts';

/** An address no screen has. */
export function NotFound() {
  useDocumentTitle('Nothing here');
  return (
    <EmptyState
      title="There is nothing at this address"
      body="It may have been moved, or the link is not complete."
      action={
        <RouterLink to={home.to} className={buttonClass({})}>
          Go to {home.label}
        </RouterLink>
      }
    />
  );
}
