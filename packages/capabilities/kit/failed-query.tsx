import { Button, buttonClass } from '@windlass/ui/button';
import { ErrorState } from '@windlass/ui/error-state';
import { wordsOf } from './error-words.ts';
import { RouterLink } from './render-link.tsx';

/**
 * In place of what could not be fetched: why, and another try; or the way out, where another try would get the same
 * answer.
 */
export function FailedQuery({ what, error, retry }: { what: string; error: unknown; retry: () => void }) {
  const { sentence, requestId, refused } = wordsOf(error);
  const way = refused
    ? {
        fix: 'The link may be old or incomplete, or meant for somebody else.',
        action: (
          <RouterLink to="/orders" className={buttonClass({})}>
            Go to Orders
          </RouterLink>
        ),
      }
    : {
        fix: 'It is fetched again by itself as soon as the connection is back.',
        action: <Button onClick={retry}>Try now</Button>,
      };
  return (
    <ErrorState sentence={`${what} could not be loaded.`} cause={sentence} {...way} {...(requestId && { requestId })} />
  );
}
