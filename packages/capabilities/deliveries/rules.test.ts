import { SMTP_WORDS } from '@windlass/messaging/smtp-code';
import { expect, it } from 'vitest';
import { isOpenProblem, mendsByAddress, OF_THE_ADDRESS } from './rules.ts';

it('a mailbox that is not there, disabled or full is mended by another address, a busy server is not', () => {
  expect(Object.keys(SMTP_WORDS)).toEqual(expect.arrayContaining([...OF_THE_ADDRESS]));
  expect(mendsByAddress({ state: 'failed', errorCode: 'SMTP_MAILBOX_UNKNOWN' })).toBe(true);
  expect(mendsByAddress({ state: 'bounced', errorCode: null })).toBe(true);
  expect(mendsByAddress({ state: 'failed', errorCode: 'SMTP_BUSY' })).toBe(false);
});

it('what nobody knows the end of stays a problem, whatever was acknowledged', () => {
  expect(isOpenProblem({ state: 'failed', acknowledged: true })).toBe(false);
  expect(isOpenProblem({ state: 'failed', acknowledged: false })).toBe(true);
  expect(isOpenProblem({ state: 'uncertain', acknowledged: true })).toBe(true);
});
