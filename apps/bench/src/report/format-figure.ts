import type { Amount, Figure } from '../benchmark.ts';
import { judge } from './judge.ts';

/** Three figures that count; whole numbers from 100 on, with separators. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

export function formatAmount({ value, unit }: Amount): string {
  if (unit === 'x') return `${formatNumber(value)}x`;
  return unit.startsWith('/') ? `${formatNumber(value)}${unit}` : `${formatNumber(value)} ${unit}`;
}

export function formatSpread({ spread }: Amount): string {
  return spread && spread.rounds > 1 ? `${formatNumber(spread.min)}–${formatNumber(spread.max)}` : '';
}

/** "≥ 0.5", "< 50 ms", or nothing. */
export const formatTarget = ({ amount, target }: Figure): string =>
  target === undefined
    ? ''
    : `${judge(amount.value, target).limit}${amount.unit === 'x' || amount.unit.startsWith('/') ? '' : ' '}${amount.unit}`;

/** "met", "missed by 12 %", or nothing. */
export function formatVerdict({ amount, target }: Figure): string {
  if (target === undefined) return '';
  const { met, missedBy } = judge(amount.value, target);
  if (met) return 'met';
  return Number.isFinite(missedBy) ? `missed by ${formatNumber(missedBy)} %` : 'missed';
}
