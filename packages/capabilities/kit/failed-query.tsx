import { Button } from '@windlass/ui/button';
import { ErrorState } from '@windlass/ui/error-state';
import { wordsOf } from './error-words.ts';

/** In place of what could not be fetched: why, and another try. */
export function FailedQuery({ what, error, retry }: { what: string; error: unknown; retry: () => void }) {
  const { sentence, requestId } = wordsOf(error);
  return (
    <ErrorState
      sentence={`${what} could not be loaded.`}
      cause={sentence}
      fix="It is fetched again by itself as soon as the connection is back."
      action={<Button onClick={retry}>Try now</Button>}
      {...(requestId && { requestId })}
    />
  );
}
