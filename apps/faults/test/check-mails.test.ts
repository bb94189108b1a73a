import { expect, test } from 'vitest';
import { checkMails } from '../src/checkers/check-mails.ts';
import { checkNeverTwice } from '../src/checkers/check-never-twice.ts';
import type { Entry } from '../src/entry.ts';
import { asked, broken, ledger, mailed } from './sound-history.ts';

const sound = [asked('a'), asked('b'), mailed('a'), mailed('b'), ledger('a'), ledger('b')];
const copied = [asked('a'), mailed('a'), mailed('a'), ledger('a', { attempts: 2, commits: 2 })];
const check = (entries: readonly Entry[], mostCopies = 10) => broken(checkMails(entries, { part: 'part', mostCopies }));

test('a history in which every order has its mail is sound, and so is one with a copy that the ledger tells', () => {
  expect(check(sound, 0)).toEqual([]);
  expect(check(copied)).toEqual([]);
});

test('orders of other parts, refused clicks and lost answers are owed no mail', () => {
  const others = [asked('c', { part: 'other' }), asked('d', { status: 409 }), asked('e', { status: undefined })];
  expect(check([...sound, ...others], 0)).toEqual([]);
});

test('a lost mail is found', () => {
  expect(check(sound.filter((line) => line !== sound[2]))).toEqual(['approved orders without their mail']);
});

test('an order that is missing from the ledger altogether is found', () => {
  expect(check(sound.filter((line) => line !== sound[4]))).toEqual(['approved orders without their mail']);
});

test('a delivery that never ends is found', () => {
  expect(check([asked('a'), mailed('a'), ledger('a', { state: 'committing' })])).toEqual([
    'deliveries that neither end accepted nor, lost twice, ask a person',
  ]);
});

test('one that was lost twice and asks a person is settled, and one that was lost once is not', () => {
  const uncertain = (commits: number) => [
    asked('a'),
    mailed('a'),
    ledger('a', { state: 'uncertain', attempts: 2, commits }),
  ];
  expect(check(uncertain(2))).toEqual([]);
  expect(check(uncertain(1))).toEqual(['deliveries that neither end accepted nor, lost twice, ask a person']);
  expect(check(uncertain(2), 0)).toEqual(['deliveries that neither end accepted nor, lost twice, ask a person']);
});

test('a copy where none may be, and more copies than kills excuse, are found', () => {
  expect(check(copied, 0)).toEqual(['second copies, over all messages', 'copies of one message']);
  const many = ['a', 'b', 'c'].flatMap((order) => [
    asked(order),
    mailed(order),
    mailed(order),
    ledger(order, { attempts: 2, commits: 2 }),
  ]);
  expect(check(many, 2)).toEqual(['second copies, over all messages']);
});

test('a third copy is found', () => {
  expect(
    check([...copied, mailed('a'), ledger('a', { attempts: 3, commits: 3 })].filter((line) => line !== copied[3])),
  ).toEqual(['copies of one message']);
});

test('a copy under another Message-ID or with other links is found', () => {
  for (const other of [{ messageId: '<other>' }, { links: ['http://127.0.0.1:1/d/other'] }, { links: [] }]) {
    expect(check([asked('a'), mailed('a'), mailed('a', other), ledger('a', { attempts: 2, commits: 2 })])).toEqual([
      'copies with another Message-ID or other links',
    ]);
  }
});

test('a copy that the ledger does not tell is found', () => {
  const silent = 'copies that the ledger does not tell (attempts, commit marks)';
  expect(check([asked('a'), mailed('a'), mailed('a'), ledger('a')])).toEqual([silent]);
  expect(check([asked('a'), mailed('a'), mailed('a'), ledger('a', { attempts: 2, commits: 1 })])).toEqual([silent]);
});

const doubt = [asked('a'), asked('b'), mailed('a'), ledger('a'), ledger('b', { state: 'uncertain' })];
const shown = { what: 'shown', delivery: 'dlv-b' } as const;
const resolved = { what: 'resolved', delivery: 'dlv-b', as: 'send_again', status: 200, state: 'accepted' } as const;
const checkDoubt = (entries: readonly Entry[], mostUncertain = 10) =>
  broken(checkNeverTwice(entries, { part: 'part', mostUncertain }));

test('a message in doubt that is shown and decided is sound, also where the person sends it a second time', () => {
  expect(checkDoubt([...doubt, shown, resolved])).toEqual([]);
  expect(checkDoubt([mailed('b'), ...doubt, shown, mailed('b'), resolved])).toEqual([]);
});

test('a message that was sent twice although it never may is found', () => {
  expect(checkDoubt([mailed('a'), ...doubt, shown, resolved])).toEqual(['messages sent twice']);
});

test('an order nobody was asked about and an acceptance nobody gave are found', () => {
  const accepted = [asked('a'), ledger('a')];
  expect(checkDoubt(accepted)).toEqual([
    'approved orders neither sent nor asked about',
    'deliveries called accepted that no mail server took',
  ]);
  expect(checkDoubt([asked('a'), mailed('a'), ledger('a', { state: 'failed' })])).toEqual([
    'deliveries neither accepted nor uncertain',
  ]);
});

test('more doubt than kills excuse is found, and so is doubt that is hidden or stays', () => {
  expect(checkDoubt([...doubt, shown, resolved], 0)).toEqual(['messages in doubt']);
  expect(checkDoubt([...doubt, resolved])).toEqual(['messages in doubt that no person is shown']);
  expect(checkDoubt([...doubt, shown])).toEqual(['messages in doubt that a person’s word does not settle']);
  expect(checkDoubt([...doubt, shown, { ...resolved, state: 'uncertain' }])).toEqual([
    'messages in doubt that a person’s word does not settle',
  ]);
});
