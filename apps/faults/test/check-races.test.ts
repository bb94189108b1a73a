import { expect, test } from 'vitest';
import { checkRaces } from '../src/checkers/check-races.ts';
import type { Entry } from '../src/entry.ts';
import { asked, broken, ledger, mailed, yes } from './sound-history.ts';

const check = (...entries: Entry[]) => broken(checkRaces(entries));
const late = asked('a', { key: 'second', body: yes('a', { alreadyDone: true }) });
const refused = asked('a', { key: 'third', verb: 'reject', status: 409, body: '{}' });
const won = [asked('a'), late, refused, mailed('a')];
const rejected = [asked('a', { verb: 'reject' }), asked('a', { key: 'second', status: 409, body: '{}' })];
const closed = ledger('a', {
  status: 'rejected',
  approvals: 0,
  rejections: 1,
  delivery: undefined,
  state: undefined,
} as never);

test('one winner, the same data for all, and what follows once: sound, whoever won', () => {
  expect(check(...won, ledger('a'))).toEqual([]);
  expect(check(...rejected, closed)).toEqual([]);
  expect(check(...won, asked('a', { key: 'fourth', status: 503, body: '{}' }), ledger('a'))).toEqual([]);
});

test('two winners, and none, are found', () => {
  expect(check(...won, asked('a', { key: 'fourth' }), ledger('a'))).toEqual(['orders without exactly one winner']);
  expect(check(late, mailed('a'), ledger('a'))).toContain('orders without exactly one winner');
});

test('an order that became something else than its winner wanted is found', () => {
  expect(check(...rejected, ledger('a'), mailed('a'))).toEqual(['orders that did not become what the winner wanted']);
});

test('a record that tells two decisions is found', () => {
  expect(check(...won, ledger('a', { rejections: 1 }))).toEqual(['orders whose record tells more than one decision']);
});

test('a loser who is told other data is found', () => {
  expect(
    check(...won, asked('a', { key: 'fourth', body: yes('a', { alreadyDone: true, version: 3 }) }), ledger('a')),
  ).toEqual(['losers told other data than the winner']);
});

test('a loser of the other decision who gets a yes or an error is found', () => {
  expect(
    check(asked('a'), mailed('a'), asked('a', { key: 'third', verb: 'reject', status: 500, body: '{}' }), ledger('a')),
  ).toEqual(['losers of the other decision not refused with 409']);
});

test('two mails, no mail, and a mail for a rejected order are found', () => {
  expect(check(...won, mailed('a'), ledger('a'))).toEqual(['approved orders without exactly one mail']);
  expect(check(asked('a'), ledger('a'))).toEqual(['approved orders without exactly one mail']);
  expect(check(...rejected, closed, mailed('a'))).toEqual(['rejected orders with a mail or a delivery']);
});
