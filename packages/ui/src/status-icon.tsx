import {
  ArrowRight,
  Ban,
  Check,
  CheckCheck,
  Circle,
  CircleQuestionMark,
  Clock,
  Pause,
  TriangleAlert,
  X,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';

/** The shapes a state may have: few enough to be learnt, each different in outline. */
export type StatusIconName =
  | 'circle'
  | 'clock'
  | 'arrow'
  | 'check'
  | 'check-double'
  | 'alert'
  | 'cross'
  | 'pause'
  | 'ban'
  | 'question';

const shapes: Record<StatusIconName, LucideIcon> = {
  circle: Circle,
  clock: Clock,
  arrow: ArrowRight,
  check: Check,
  'check-double': CheckCheck,
  alert: TriangleAlert,
  cross: X,
  pause: Pause,
  ban: Ban,
  question: CircleQuestionMark,
};

/** A state's shape, 12 px unless told; silent for screen readers, as the word always stands beside it. */
export function StatusIcon({
  name,
  size = 12,
  className,
}: {
  name: StatusIconName;
  size?: number;
  className?: string;
}) {
  const Shape = shapes[name];
  return <Shape aria-hidden size={size} strokeWidth={2.25} className={className} />;
}
