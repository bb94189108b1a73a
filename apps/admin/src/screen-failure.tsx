import { useLiveStatus } from '@windlass/live/use-live';
import { Button } from '@windlass/ui/button';
import { ErrorState } from '@windlass/ui/error-state';
import { useDocumentTitle } from '@windlass/ui/use-document-title';
import { useEffect, useRef } from 'react';

/**
 * In place of a screen that broke, or whose code could not be fetched; the rail stays. A new page has the present code.
 */
export function ScreenFailure() {
  useDocumentTitle('Not loaded');
  const status = useLiveStatus();
  const cutOff = useRef(status === 'reconnecting');
  useEffect(() => {
    if (status === 'reconnecting') cutOff.current = true;
    if (status === 'open' && cutOff.current) location.reload();
  }, [status]);
  return (
    <ErrorState
      sentence="This screen could not be shown."
      cause="The server was away, or Windlass has been updated since you opened this page."
      fix="Load the page again; after an outage it does so by itself."
      action={
        <Button variant="primary" onClick={() => location.reload()}>
          Load again
        </Button>
      }
    />
  );
}
