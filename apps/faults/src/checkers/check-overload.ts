import { type Asked, figureOf, only } from '../entry.ts';
import type { Line } from '../history.ts';
import { atLeast, atMost, none, timed, type Verdict } from '../verdict.ts';

type AskedAt = Asked & { at: number };

/** What a flooded server owes: work done as before, a quick and honest no for the rest, and calm soon after. */
export function checkOverload(lines: readonly Line[], mostMegabytes: number): Verdict[] {
  const asked = only(lines, 'asked') as AskedAt[];
  const ofPart = (part: string) => asked.filter((line) => line.part === part);
  const [alone, flood, after] = [ofPart('alone'), ofPart('flood'), ofPart('after')];
  const refused = flood.filter(({ status }) => status === 503 || status === 429);
  const share = rateOf(flood) / rateOf(alone);
  const failed = flood.filter(({ status }) => ![200, 503, 429].includes(status ?? 0));
  return [
    // A machine that is busy with other things may not manage to make a flood.
    timed(atLeast('requests refused', refused.length, 1)),
    none(
      'answers other than yes or "try again"',
      failed.map(({ key, status }) => `${key} ${status}`),
    ),
    none(
      'refusals without a time to come back',
      refused.filter(({ retryAfter }) => retryAfter === undefined).map(({ key }) => key),
    ),
    timed(
      atMost(
        'time of a refusal, ms (95 of 100)',
        percentile(
          refused.map(({ ms }) => ms),
          0.95,
        ),
        50,
      ),
    ),
    timed(atLeast('work done in the flood, % of what is done alone', share * 100, 80)),
    timed(atMost('calm again after the flood, s', calmAfter(flood, after) / 1_000, 5)),
    atMost('memory grown, MB', figureOf(lines, 'memory grown, MB'), mostMegabytes),
  ];
}

/** Yeses a second, from the first question to the last of them. */
function rateOf(asked: readonly AskedAt[]): number {
  const yes = asked.filter(({ status }) => status === 200);
  const begun = Math.min(...asked.map(({ at, ms }) => at - ms));
  return (yes.length / (Math.max(...yes.map(({ at }) => at)) - begun)) * 1_000;
}

/**
 * From the flood's last question to the moment from which everybody is answered yes within half a second; for ever,
 * where none comes.
 */
function calmAfter(flood: readonly AskedAt[], after: readonly AskedAt[]): number {
  const last = Math.max(...flood.map(({ at, ms }) => at - ms));
  const sorted = after.toSorted((one, other) => one.at - other.at);
  const lastRough = sorted.findLastIndex(({ status, ms }) => status !== 200 || ms > 500);
  const calm = sorted[lastRough + 1];
  return calm ? Math.max(0, calm.at - calm.ms - last) : Number.POSITIVE_INFINITY;
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.ceil(values.length * share) - 1] ?? Number.POSITIVE_INFINITY;
