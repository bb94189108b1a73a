/**
 * What a colour means, everywhere: neutral waits, info moves, success is done,
 * warning is late, degraded or uncertain, danger has failed.
 */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

/** Text of a tone, on any surface. */
export const toneText: Record<Tone, string> = {
  neutral: 'text-neutral-text',
  info: 'text-info-text',
  success: 'text-success-text',
  warning: 'text-warning-text',
  danger: 'text-danger-text',
};

/** A soft panel in a tone: background and hairline; the text keeps its own colour. */
export const tonePanel: Record<Tone, string> = {
  neutral: 'bg-neutral-soft border-neutral-border',
  info: 'bg-info-soft border-info-border',
  success: 'bg-success-soft border-success-border',
  warning: 'bg-warning-soft border-warning-border',
  danger: 'bg-danger-soft border-danger-border',
};

/** The fill of a bar or a dot. */
export const toneSolid: Record<Tone, string> = {
  neutral: 'bg-neutral-solid',
  info: 'bg-info-solid',
  success: 'bg-success-solid',
  warning: 'bg-warning-solid',
  danger: 'bg-danger-solid',
};
