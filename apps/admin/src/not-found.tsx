import { RouterLink } from '@windlass/capabilities/kit/render-link';
import { buttonClass } from '@windlass/ui/button';
import { EmptyState } from '@windlass/ui/empty-state';
import { useDocumentTitle } from '@windlass/ui/use-document-title';

/** An address no screen has. */
export function NotFound() {
  useDocumentTitle('Nothing here');
  return (
    <EmptyState
      title="There is nothing at this address"
      body="It may have been moved, or the link is not complete."
      action={
        <RouterLink to="/orders" className={buttonClass({})}>
          Go to Orders
        </RouterLink>
      }
    />
  );
}
