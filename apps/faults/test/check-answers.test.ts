import { expect, test } from 'vitest';
import { checkAnswers, checkApprovals } from '../src/checkers/check-answers.ts';
import { checkAnswerRecovery, checkMailRecovery, checkWorkRecovery } from '../src/checkers/check-recovery.ts';
import { checkStrikes } from '../src/checkers/check-strikes.ts';
import type { Entry } from '../src/entry.ts';
import { asked, broken, ledger, mailed, struck, timed, yes } from './sound-history.ts';

const answers = (...entries: Entry[]) => broken(checkAnswers(entries, 'part'));
const approvals = (...entries: Entry[]) => broken(checkApprovals(entries, 'part'));

test('a click that is answered after tries, with the same words under its key, is sound', () => {
  expect(
    answers(asked('a', { status: undefined, body: undefined }), asked('a', { status: 503 }), asked('a'), asked('a')),
  ).toEqual([]);
});

test('a click without an answer is found', () => {
  expect(answers(asked('a', { status: undefined }), asked('a', { status: 503 }))).toEqual(['clicks without an answer']);
});

test('a server error, and a refusal nobody deserved, are found', () => {
  expect(answers(asked('a', { status: 500 }))).toEqual(['answers other than yes or "try again"']);
  expect(answers(asked('a', { status: 409 }))).toEqual(['answers other than yes or "try again"']);
});

test('two answers to one click are found', () => {
  expect(answers(asked('a'), asked('a', { body: yes('a', { version: 3 }) }))).toEqual(['clicks whose answers differ']);
});

test('a click that is told it was somebody else’s is found', () => {
  expect(answers(asked('a', { body: yes('a', { alreadyDone: true }) }))).toEqual([
    'clicks answered as somebody else’s',
  ]);
});

test('an approval that was acknowledged and is gone is found, whether the order waits or is not there', () => {
  expect(approvals(asked('a'), ledger('a'))).toEqual([]);
  const lost = ['acknowledged approvals that the database lost', 'orders without exactly one delivery'];
  expect(approvals(asked('a'), ledger('a', { status: 'waiting', approvals: 0, delivery: undefined } as never))).toEqual(
    lost,
  );
  expect(approvals(asked('a'))).toEqual(lost);
});

test('an order approved twice, and one with two deliveries, are found', () => {
  expect(approvals(asked('a'), ledger('a', { approvals: 2 }))).toEqual(['orders approved more than once']);
  expect(approvals(asked('a'), ledger('a'), ledger('a', { delivery: 'dlv-2' }))).toEqual([
    'orders without exactly one delivery',
  ]);
});

test('a strike that did not happen, and a process that ended by itself, are found', () => {
  expect(broken(checkStrikes([struck('kill', 'begun'), struck('kill')], { kill: 1 }))).toEqual([]);
  expect(broken(checkStrikes([struck('kill', 'begun')], { kill: 1 }))).toEqual(['kill']);
  expect(broken(checkStrikes([{ what: 'died', program: 'worker-1', how: '1' }], {}))).toEqual([
    'processes that ended by themselves',
  ]);
});

test('a mail that comes late after the last strike is found; what a strike held up counts from its end', () => {
  const at = (ms: number, entry: Entry) => ({ at: ms, ...entry });
  const history = [at(0, asked('a')), at(8_000, struck('flush')), at(9_000, mailed('a')), at(9_500, ledger('a'))];
  expect(checkMailRecovery(history, 2)).toMatchObject({ kept: true, seen: '1' });
  expect(
    checkMailRecovery(
      history.filter((line) => line.what !== 'struck'),
      2,
    ),
  ).toMatchObject({ kept: false, seen: '9' });
});

test('work that goes on too late after a strike is found; what was clicked later counts from its click', () => {
  const at = (ms: number, entry: Entry) => ({ at: ms, ...entry });
  const crashed = [at(0, asked('a')), at(1_000, struck('crash')), at(1_000, ledger('a')), at(1_000, ledger('b'))];
  expect(checkWorkRecovery([...crashed, at(3_000, mailed('a'))], 5)).toMatchObject({ kept: true, seen: '2' });
  expect(checkWorkRecovery([...crashed, at(9_000, mailed('a'))], 5)).toMatchObject({ kept: false, seen: '8' });
  expect(checkWorkRecovery([...crashed, at(8_000, asked('b')), at(9_000, mailed('b'))], 5)).toMatchObject({
    kept: true,
    seen: '1',
  });
});

test('clients that wait too long after a strike are found, and so are those who never hear a yes again', () => {
  const at = (ms: number, entry: Entry) => ({ at: ms, ...entry });
  expect(
    checkAnswerRecovery([at(0, struck('crash')), at(500, asked('a', { status: 503 })), at(900, asked('a'))], 3),
  ).toMatchObject({ kept: true, seen: '0.9' });
  expect(checkAnswerRecovery([at(0, struck('crash')), at(5_000, asked('a'))], 3).kept).toBe(false);
  expect(checkAnswerRecovery(timed([asked('a'), struck('crash')]), 3).kept).toBe(false);
});
