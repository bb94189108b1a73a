import { type Target, type TargetName, targets } from '../targets.ts';

export type Verdict = {
  met: boolean;
  /** "≥ 0.5", "< 50" */ limit: string;
  /** By how much of the limit it was missed, in per cent; 0 where it was met. */ missedBy: number;
};

/** Holds a value against its target. */
export function judge(value: number, name: TargetName): Verdict {
  const target: Target = targets[name];
  if ('atLeast' in target)
    return verdict(value >= target.atLeast, `≥ ${target.atLeast}`, (target.atLeast - value) / target.atLeast);
  const limit = 'atMost' in target ? target.atMost : target.below;
  const met = 'atMost' in target ? value <= limit : value < limit;
  // Of a limit of nothing, anything is too much.
  return verdict(met, `${'atMost' in target ? '≤' : '<'} ${limit}`, limit === 0 ? Infinity : (value - limit) / limit);
}

const verdict = (met: boolean, limit: string, by: number): Verdict => ({ met, limit, missedBy: met ? 0 : by * 100 });
