import { createRandom } from '../seeded-random.ts';
import { endless } from './families/endless.ts';
import { prying } from './families/prying.ts';
import { repetition } from './families/repetition.ts';
import { signIn } from './families/sign-in.ts';
import { trickle } from './families/trickle.ts';
import { families, type Family, type HostileRequest, type MakeRequest } from './hostile-request.ts';

const makers: Record<Family, MakeRequest> = { trickle, repetition, 'sign-in': signIn, endless, prying };

/** They take turns. */
export const familyOf = (number: number): Family => families[number % families.length]!;

/** Request n of a seed, the same each time. `secret` is a token that only this run knows. */
export function createHostileRequests(seed: number, secret: string): (number: number) => HostileRequest {
  return (number) => {
    const random = createRandom(Math.imul(seed, 0x9e3779b1) + number);
    const family = familyOf(number);
    return { number, family, ...makers[family](random, secret) };
  };
}
