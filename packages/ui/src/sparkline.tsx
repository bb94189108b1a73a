import { toneText } from './tone.tsx';
import type { Tone } from './tone.tsx';

/**
 * A line of values without axes, 80 × 20 px. `label` says in words what it shows ("Jobs per minute, last hour, highest
 * 42").
 */
export function Sparkline({ values, label, tone = 'info' }: { values: readonly number[]; label: string; tone?: Tone }) {
  const [width, height, rim] = [80, 20, 1.5];
  const low = Math.min(...values, 0);
  const span = Math.max(...values, 1) - low;
  const points = values.map((value, index) => {
    const x = rim + (index / Math.max(1, values.length - 1)) * (width - 2 * rim);
    const y = height - rim - ((value - low) / span) * (height - 2 * rim);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={toneText[tone]}
    >
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
