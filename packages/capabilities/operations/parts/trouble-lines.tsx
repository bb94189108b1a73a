import { useQuery } from '@tanstack/react-query';
import { formatAbsolute, formatCountOf } from '@windlass/ui/format';
import { StatusIcon } from '@windlass/ui/status-icon';
import { tonePanel, toneText } from '@windlass/ui/tone';
import { useCountdown } from '@windlass/ui/use-countdown';
import { sliceOf } from '../../kit/api.ts';
import type { OpenBreaker } from '../contract.ts';
import type { OperationsSlice } from '../server/router.ts';
import { HoldLine } from './hold-line.tsx';

const useApi = sliceOf<OperationsSlice>();

/**
 * While something is away its counts are asked for this often: held jobs come and go without news of their own. In ms.
 */
const LOOK_EVERY = 5_000;

/** What the house itself is troubled by, above every screen: why work waits that nobody has to touch. */
export function TroubleLines() {
  const trouble = useQuery(
    useApi().operations.trouble.queryOptions(undefined, {
      refetchInterval: (query) => (query.state.data?.breakers.length ? LOOK_EVERY : false),
    }),
  );
  const { breakers, hold, unknownProxy } = trouble.data ?? { breakers: [], hold: null, unknownProxy: false };
  if (breakers.length === 0 && !unknownProxy && !hold) return null;
  return (
    <div role="status" className="mt-3 flex flex-col gap-2">
      {hold && <HoldLine hold={hold} />}
      {breakers.map((breaker) => (
        <TroubleLine key={breaker.key} breaker={breaker} />
      ))}
      {unknownProxy && <UnknownProxyLine />}
    </div>
  );
}

function UnknownProxyLine() {
  return (
    <p className={`flex gap-2.5 rounded-md border px-3 py-2 text-sm ${tonePanel.warning}`}>
      <StatusIcon name="alert" size={14} className={`mt-0.75 shrink-0 ${toneText.warning}`} />
      <span>
        <span className={`font-medium ${toneText.warning}`}>
          You come through a proxy that Windlass was not told of.
        </span>{' '}
        Everybody seems to come from the same address, so tries to sign in are limited by account alone. Start the
        server with TRUST_PROXY=true.
      </span>
    </p>
  );
}

function TroubleLine({ breaker }: { breaker: OpenBreaker }) {
  const left = useCountdown(new Date(breaker.retryAt).getTime());
  const waiting =
    breaker.held === 0 ? '' : ` ${formatCountOf(breaker.held, 'job')} ${breaker.held === 1 ? 'waits' : 'wait'} for it.`;
  return (
    <p className={`flex gap-2.5 rounded-md border px-3 py-2 text-sm ${tonePanel.warning}`}>
      <StatusIcon name="pause" size={14} className={`mt-0.75 shrink-0 ${toneText.warning}`} />
      <span>
        <span
          className={`font-medium ${toneText.warning}`}
          title={`Since ${formatAbsolute(new Date(breaker.openedAt))}`}
        >
          {breaker.title} cannot be used just now.
        </span>{' '}
        {breaker.sentence}
        {waiting} No try is spent;{' '}
        {left > 0 ? <span className="tabular-nums">the next look is in {left} s.</span> : 'it is being looked at now.'}
      </span>
    </p>
  );
}
