import { type Attacked, type Entry, figureOf, only } from '../entry.ts';
import { families } from '../requests/hostile-request.ts';
import { atLeast, atMost, none, timed, told, type Verdict } from '../verdict.ts';

/** What the run measures of the server: here, so that what is written is what is looked for. */
export const FIGURES = {
  stall: 'longest stall of the event loop, ms',
  growth: 'memory grown, MB',
  secrets: 'lines of the log that hold a token',
} as const;

export type RequestLimits = {
  requests: number;
  mostMegabytes: number;
  /** wrong passwords that one address may be told of */ mostWrong: number;
};

/** What strangers may send must not be felt by others, told to anybody, or break anything. */
export function checkRequests(
  entries: readonly Entry[],
  { requests, mostMegabytes, mostWrong }: RequestLimits,
): Verdict[] {
  const attacks = only(entries, 'attacked');
  const honest = only(entries, 'honest');
  const name = ({ number, family, status, detail }: Attacked) => `${number} ${family} ${status}: ${detail}`;
  const answered = attacks.filter(({ status }) => status !== undefined);
  const wrong = Map.groupBy(
    attacks.filter(({ family, status, from }) => family === 'sign-in' && status === 401 && from),
    ({ from }) => from,
  );
  const mostOfOne = Math.max(0, ...[...wrong.values()].map((tries) => tries.length));
  const slow = honest.filter(({ ms }) => ms >= 1_000);
  return [
    atLeast('hostile requests', attacks.length, requests),
    ...families.map((family) =>
      atLeast(
        `of the family ${family}`,
        attacks.filter((one) => one.family === family).length,
        Math.floor(requests / families.length),
      ),
    ),
    atLeast('of them answered', answered.length, requests / 2),
    none(
      'answers that are our fault (5xx, other than 503)',
      answered.filter(({ status }) => status! >= 500 && status !== 503).map(name),
    ),
    none(
      'answers that told what is not for strangers',
      attacks.filter(({ status, mustNotBe }) => mustNotBe !== undefined && status === mustNotBe).map(name),
    ),
    atMost('wrong passwords that one address was told of', mostOfOne, mostWrong),
    atMost(FIGURES.secrets, figureOf(entries, FIGURES.secrets), 0),
    atLeast('honest requests meanwhile', honest.length, 20),
    none(
      'honest requests not answered as ever',
      honest.filter(({ status }) => status !== 200).map(({ doing, status, ms }) => `${doing} ${status} after ${ms} ms`),
    ),
    timed(
      none(
        'honest requests of a second and more',
        slow.map(({ doing, ms }) => `${doing} ${ms} ms`),
      ),
    ),
    told('slowest honest request, ms', Math.max(...honest.map(({ ms }) => ms))),
    timed(atMost(FIGURES.stall, figureOf(entries, FIGURES.stall), 50)),
    atMost(FIGURES.growth, figureOf(entries, FIGURES.growth), mostMegabytes),
  ];
}
