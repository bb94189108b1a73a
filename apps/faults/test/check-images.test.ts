import { expect, test } from 'vitest';
import { checkImages, FIGURES } from '../src/checkers/check-images.ts';
import type { Entry, Output, Pictured } from '../src/entry.ts';
import { broken } from './sound-history.ts';

const output: Output = { name: '400', within: 400, width: 400, height: 300, bytes: 9_000, carries: [] };
const good: Pictured = {
  what: 'pictured',
  number: 0,
  family: 'jpeg',
  mutation: 'none',
  detail: '',
  bytes: 1_000,
  mustBeRefused: false,
  answer: 'rendered',
  by: 'decoder',
  ms: 50,
  outputs: [output],
  shown: { width: 640, height: 480 },
  left: [],
};
const { outputs: _, shown: __, ...bare } = good;
const bad: Pictured = {
  ...bare,
  number: 1,
  mutation: 'size-lie',
  mustBeRefused: true,
  answer: 'TOO_MANY_PIXELS',
  by: 'structure',
};
const harmed: Pictured = {
  ...bad,
  number: 2,
  mutation: 'bits-flipped',
  answer: 'BROKEN_IMAGE',
  by: 'decoder',
  hidden: true,
};
const kept: Pictured = {
  ...bad,
  number: 3,
  family: 'svg',
  mutation: 'none',
  answer: 'kept',
  by: 'kind',
  mayBeKept: true,
};
const { mustBeRefused: ___, ...either } = { ...good, number: 4 };
const files = [good, bad, harmed, kept, either];
const figures = (changed: Partial<Record<keyof typeof FIGURES, number>> = {}): Entry[] =>
  Object.entries({
    growth: 20,
    childPeak: 300,
    childPeakOwn: 290,
    kills: 0,
    leftBehind: 0,
    leftRunning: 0,
    ...changed,
  }).map(([name, value]) => ({ what: 'measured', name: FIGURES[name as keyof typeof FIGURES], value }));
const check = (...entries: Entry[]) =>
  broken(checkImages(entries, { files: entries.filter(({ what }) => what === 'pictured').length }));
const withOutput = (changed: Partial<Output>): Pictured => ({
  ...good,
  number: 9,
  outputs: [{ ...output, ...changed }],
});

test('good pictures rendered, bad ones refused, drawings kept, and damage left to the decoder are sound', () => {
  expect(check(...files, ...figures())).toEqual([]);
});

test('a file that was never given, a worker that died, a file without an answer and one answered by an error are found', () => {
  expect(broken(checkImages([...files, ...figures()], { files: 6 }))).toEqual(['files given']);
  expect(check(...files, ...figures(), { what: 'died', program: 'picture worker', how: 'SIGSEGV' })).toEqual([
    'crashes of the worker',
  ]);
  const { answer: _answer, by: _by, ...silent } = { ...bad, number: 9 };
  expect(check(...files, ...figures(), silent)).toEqual(['files without an answer']);
  expect(check(...files, ...figures(), { ...silent, left: ['400.webp'] })).toEqual(['files without an answer']);
  const failed = { ...bad, number: 9, answer: 'ERROR RangeError: out of bounds' };
  expect(check(...files, ...figures(), failed)).toEqual(['answers that are no refusal but an error']);
});

test('an answer after 10 s is found', () => {
  expect(check(...files, ...figures(), { ...bad, number: 9, ms: 10_400 })).toEqual(['longest wait for an answer, s']);
});

test('memory that grows, a child that takes too much, and figures that were not taken, are found', () => {
  expect(check(...files, ...figures({ growth: 101 }))).toEqual([FIGURES.growth]);
  expect(check(...files, ...figures({ childPeak: 401 }))).toEqual([FIGURES.childPeak]);
  expect(check(...files)).toEqual([FIGURES.growth, FIGURES.childPeak, FIGURES.leftBehind, FIGURES.leftRunning]);
});

test('a fault in the structure that only the decoder found is found; what nobody sees beforehand is not held against anybody', () => {
  const late: Pictured = { ...bad, number: 9, by: 'decoder' };
  const promise = 'refused before decoding, of those refused whose fault their structure shows, %';
  expect(check(...files, ...figures(), late)).toEqual([promise]);
  const many = Array.from({ length: 99 }, (_, i): Pictured => ({ ...bad, number: 10 + i }));
  const goods = Array.from({ length: 9 }, (_, i): Pictured => ({ ...good, number: 200 + i }));
  expect(check(...files, ...figures(), late, ...many, ...goods)).toEqual([]);
  expect(check(...files, ...figures(), late, ...many.slice(2), ...goods)).toEqual([promise]);
  expect(
    check(
      ...files,
      ...figures(),
      ...many.map((file): Pictured => ({ ...file, hidden: true, by: 'decoder' })),
      ...goods,
    ),
  ).toEqual([]);
});

test('a bad file that was rendered, and one that was kept for a drawing, are found', () => {
  expect(check(...files, ...figures(), { ...either, number: 9, mustBeRefused: true })).toEqual([
    'files rendered that had to be refused',
  ]);
  const hidden: Pictured = { ...bad, number: 9, answer: 'kept', by: 'kind' };
  expect(check(...files, ...figures(), hidden)).toEqual(['files kept unopened under a kind they are not']);
});

test('a good picture that was refused or kept, one in another size, and none at all, are found', () => {
  expect(check(...files, ...figures(), { ...bare, number: 9, answer: 'BROKEN_IMAGE' })).toEqual([
    'good pictures not rendered',
  ]);
  expect(check(...files, ...figures(), { ...bare, number: 9, answer: 'kept', mayBeKept: true })).toEqual([
    'good pictures not rendered',
  ]);
  expect(check(...files, ...figures(), withOutput({ width: 300, height: 400 }))).toEqual([
    'good pictures rendered in another size',
  ]);
  expect(check(...files, ...figures(), withOutput({ width: 200, height: 150 }))).toEqual([
    'good pictures rendered in another size',
  ]);
  expect(check(bad, ...figures())).toEqual(['good pictures among the files, %']);
});

test('outputs that are broken, missing, too large, or carry what their original did, are found', () => {
  expect(check(...files, ...figures(), withOutput({ width: null, height: null, bytes: 100 }))).toEqual([
    'outputs that cannot be opened',
  ]);
  expect(check(...files, ...figures(), { ...good, number: 9, outputs: [] })).toEqual(['pictures rendered to nothing']);
  const wide: Pictured = { ...either, number: 9, outputs: [{ ...output, width: 401 }] };
  const { shown: _shown, ...unmeasured } = wide;
  expect(check(...files, ...figures(), unmeasured)).toEqual(['outputs larger than their bound']);
  expect(check(...files, ...figures(), withOutput({ bytes: 600_000 }))).toEqual(['outputs larger than their bound']);
  expect(check(...files, ...figures(), withOutput({ carries: ['exif'] }))).toEqual([
    'outputs with metadata or payload of their original',
  ]);
});

test('files left beside the outputs or in the temporary folder, and processes left running, are found', () => {
  expect(check(...files, ...figures(), { ...bad, number: 9, left: ['400.webp.tmp'] })).toEqual([
    'files left beside the outputs',
  ]);
  expect(check(...files, ...figures({ leftBehind: 1 }))).toEqual([FIGURES.leftBehind]);
  expect(check(...files, ...figures({ leftRunning: 1 }))).toEqual([FIGURES.leftRunning]);
});
