import { jobProgress, jobStep } from './events.ts';

/**
 * What a running job says of itself between its start and its end, as its event carries it: a step that began, or how
 * far a step is. It changes no state and no count, so whoever shows the job puts it in place and asks for nothing.
 */
export type JobReport =
  | { kind: 'step'; step: string; title: string; index: number; of: number }
  | { kind: 'progress'; value: number; note: string | null };

export const isJobReport = (type: string): boolean => type === jobStep.type || type === jobProgress.type;

/** Undefined: the event is no report. */
export function readJobReport({ type, data }: { type: string; data: Record<string, unknown> }): JobReport | undefined {
  if (type === jobProgress.type)
    return { kind: 'progress', value: Number(data.value), note: typeof data.note === 'string' ? data.note : null };
  if (type !== jobStep.type) return undefined;
  const step = String(data.step);
  return { kind: 'step', step, title: String(data.title ?? step), index: Number(data.index), of: Number(data.of) };
}
