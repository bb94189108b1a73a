import { expect, test } from 'vitest';
import { checkRequests, FIGURES } from '../src/checkers/check-requests.ts';
import type { Attacked, Entry, Honest } from '../src/entry.ts';
import { createHostileRequests } from '../src/requests/create-hostile-requests.ts';
import { families } from '../src/requests/hostile-request.ts';
import { broken } from './sound-history.ts';

const attacked = (number: number, rest: Partial<Attacked> = {}): Attacked => ({
  what: 'attacked',
  number,
  family: families[number % families.length]!,
  detail: 'x',
  status: 404,
  ms: 5,
  ...rest,
});
const honest = (rest: Partial<Honest> = {}): Honest => ({
  what: 'honest',
  doing: 'list',
  status: 200,
  ms: 12,
  ...rest,
});
const figure = (name: string, value: number): Entry => ({ what: 'measured', name, value });
const figures = (stall = 20, growth = 30, secrets = 0) => [
  figure(FIGURES.stall, stall),
  figure(FIGURES.growth, growth),
  figure(FIGURES.secrets, secrets),
];
const attacks = Array.from({ length: 100 }, (_, i) => attacked(i));
const people = Array.from({ length: 30 }, () => honest());
const check = (...entries: Entry[]) =>
  broken(checkRequests(entries, { requests: 100, mostMegabytes: 100, mostWrong: 10 }));

test('strangers sent away and people who work on: sound', () => {
  expect(check(...attacks, ...people, ...figures())).toEqual([]);
  expect(check(...attacks, attacked(1, { status: 503 }), ...people, ...figures())).toEqual([]);
});

test('a fault of ours, and what was told to a stranger, are found', () => {
  expect(check(...attacks, attacked(1, { status: 500 }), ...people, ...figures())).toEqual([
    'answers that are our fault (5xx, other than 503)',
  ]);
  expect(check(...attacks, attacked(4, { status: 200, mustNotBe: 200 }), ...people, ...figures())).toEqual([
    'answers that told what is not for strangers',
  ]);
});

test('more wrong passwords told to one address than may be are found, to many addresses are not', () => {
  const tries = (from: (i: number) => string) =>
    Array.from({ length: 11 }, (_, i) => attacked(i, { family: 'sign-in', status: 401, from: from(i) }));
  expect(check(...attacks, ...tries(() => 'one'), ...people, ...figures())).toEqual([
    'wrong passwords that one address was told of',
  ]);
  expect(check(...attacks, ...tries(String), ...people, ...figures())).toEqual([]);
});

test('somebody who was kept waiting, and somebody who was sent away, are found', () => {
  expect(check(...attacks, ...people, honest({ ms: 1_500 }), ...figures())).toEqual([
    'honest requests of a second and more',
  ]);
  expect(check(...attacks, ...people, honest({ status: 429 }), ...figures())).toEqual([
    'honest requests not answered as ever',
  ]);
  expect(check(...attacks, ...people, honest({ status: undefined }), ...figures())).toEqual([
    'honest requests not answered as ever',
  ]);
});

test('a stall, a server that swells, and a token in the log are found; so are figures that nobody took', () => {
  expect(check(...attacks, ...people, ...figures(60))).toEqual([FIGURES.stall]);
  expect(check(...attacks, ...people, ...figures(20, 120))).toEqual([FIGURES.growth]);
  expect(check(...attacks, ...people, ...figures(20, 30, 2))).toEqual([FIGURES.secrets]);
  expect(check(...attacks, ...people)).toEqual([FIGURES.secrets, FIGURES.stall, FIGURES.growth]);
});

test('a run with too few strangers, of one family only, without answers, or without people proves nothing', () => {
  expect(check(...attacks.slice(0, 90), ...people, ...figures())).toContain('hostile requests');
  expect(check(...attacks.map((one) => ({ ...one, family: 'endless' })), ...people, ...figures())).toContain(
    'of the family trickle',
  );
  expect(check(...attacks.map((one) => ({ ...one, status: undefined })), ...people, ...figures())).toEqual([
    'of them answered',
  ]);
  expect(check(...attacks, ...figures())).toContain('honest requests meanwhile');
});

test('request n of a seed is the same each time, and a seed makes every family', () => {
  const [one, same, other] = [
    createHostileRequests(7, 'secret'),
    createHostileRequests(7, 'secret'),
    createHostileRequests(8, 'secret'),
  ];
  const numbers = Array.from({ length: 200 }, (_, i) => i);
  expect(numbers.map(one)).toEqual(numbers.map(same));
  expect(numbers.map(one)).not.toEqual(numbers.map(other));
  expect([...new Set(numbers.map((number) => one(number).family))].toSorted()).toEqual([...families].toSorted());
});
