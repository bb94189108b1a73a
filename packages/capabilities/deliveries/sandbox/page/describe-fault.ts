import type { FaultMode, MailFault } from '../mail-fault.ts';

/** What each switch does, in the words of the panel. */
export const FAULT_TEXTS: Record<FaultMode, { title: string; effect: string }> = {
  ok: { title: 'All well', effect: 'Every message is taken.' },
  'refuse-connections': { title: 'Refuse connections', effect: 'The port is closed, as if the server were down.' },
  'hang-greeting': { title: 'Never greet', effect: 'Connections are taken, then nothing is said.' },
  'reject-4xx': { title: 'Turn away for now', effect: '451: the sender should try again later.' },
  'reject-5xx': { title: 'Refuse for good', effect: '550 5.1.1: there is no such mailbox.' },
  'cut-after-dot': {
    title: 'Cut after the dot',
    effect: 'The message is kept, but the connection ends before the 250.',
  },
};

/** One line for the header while a fault is on; empty when all is well. */
export function describeFault(fault: MailFault): string {
  if (fault.mode === 'ok' && fault.delayMs === 0) return '';
  const parts = [fault.mode === 'ok' ? 'Slow reply' : FAULT_TEXTS[fault.mode].title];
  if (fault.delayMs > 0) parts.push(`${fault.delayMs} ms delay`);
  if (fault.times !== null) parts.push(`${fault.times} left`);
  const [only, ...others] = fault.recipients ?? [];
  if (only !== undefined) parts.push(others.length === 0 ? only : `${others.length + 1} recipients`);
  return parts.join(' · ');
}
