import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatCountOf,
  formatDuration,
  formatMoney,
  formatPercent,
  formatRelative,
} from './format.tsx';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('formatDuration', () => {
  it.each([
    [-5, '0 ms'],
    [12, '12 ms'],
    [999, '999 ms'],
    [1_000, '1.0 s'],
    [3_400, '3.4 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [59_499, '59 s'],
    [59_500, '1 min'],
    [2 * minute, '2 min'],
    [2 * minute + 5 * second, '2 min 5 s'],
    [59.5 * minute, '1 h'],
    [hour + 4 * minute, '1 h 4 min'],
    [23.5 * hour, '1 d'],
    [3 * day + 2 * hour, '3 d 2 h'],
  ])('%d ms is "%s"', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });

  it('never writes a part that should have carried over, such as "60 s" or "1 min 60 s"', () => {
    for (let ms = 0; ms < 3 * day; ms += 7_919) expect(formatDuration(ms)).not.toMatch(/\b(60 (s|min)|24 h|1000 ms)\b/);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [40_000, '40 kB'],
    [999_499, '999 kB'],
    [999_960, '1 MB'],
    [104_857_600, '104.9 MB'],
    [5_000_000, '5 MB'],
    [1_200_000_000, '1.2 GB'],
    [2e18, '2000 PB'],
  ])('%d bytes are "%s"', (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });
});

describe('formatMoney', () => {
  it.each([
    [1_250, 'USD', '$12.50'],
    [128_050, 'EUR', '€1,280.50'],
    [-300, 'GBP', '-£3.00'],
    [1_250, 'JPY', '¥1,250'],
    [1_250, 'KWD', '1.250'],
    [130_000, 'HUF', '1,300.00'],
    [1_500_050, 'COP', '15,000.50'],
    [1_250, 'IQD', '1.250'],
  ])('%d minor units of %s are written "%s"', (minor, currency, words) => {
    expect(formatMoney(minor, currency)).toContain(words);
  });
});

describe('formatRelative', () => {
  const now = Date.UTC(2026, 5, 15, 12);
  it.each([
    [0, 'just now'],
    [-2 * second, 'just now'],
    [12 * second, '12 s ago'],
    [59.9 * second, '59 s ago'],
    [3 * minute, '3 min ago'],
    [59.9 * minute, '59 min ago'],
    [2 * hour, '2 h ago'],
    [4 * day, '4 d ago'],
    [-23 * hour, 'in 23 h'],
    [30 * day, '16 May'],
    [365 * day, '15 Jun 2025'],
  ])('%d ms before now is "%s"', (before, words) => {
    expect(formatRelative(new Date(now - before), now)).toBe(words);
  });
});

it('counts have thousands apart, and their noun agrees', () => {
  expect(formatCount(1_482)).toBe('1,482');
  expect(formatCountOf(1, 'order')).toBe('1 order');
  expect(formatCountOf(0, 'order')).toBe('0 orders');
  expect(formatCountOf(1_204, 'delivery', 'deliveries')).toBe('1,204 deliveries');
});

it('a share is 100 % only when it is whole', () => {
  expect(formatPercent(0.998)).toBe('99 %');
  expect(formatPercent(1)).toBe('100 %');
  expect(formatPercent(0.43)).toBe('43 %');
});
