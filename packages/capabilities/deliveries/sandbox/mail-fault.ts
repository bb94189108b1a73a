import { z } from 'zod';

/** The ways the sandbox's mail server can fail on purpose. */
export const FAULT_MODES = [
  'ok',
  'refuse-connections',
  'hang-greeting',
  'reject-4xx',
  'reject-5xx',
  'cut-after-dot',
] as const;

/**
 * What the mail server does wrong, and for how long.
 * `delayMs` holds back the reply after the dot. `times` counts messages (connections for `hang-greeting`), after which
 * the fault switches itself off. `recipients` limits the fault to these addresses. `at` moves a rejection: after RCPT
 * TO or after the dot.
 */
export const mailFaultSchema = z
  .strictObject({
    mode: z.enum(FAULT_MODES).default('ok'),
    delayMs: z.number().int().min(0).max(120_000).default(0),
    times: z.number().int().min(1).max(100_000).nullable().default(null),
    at: z.enum(['rcpt', 'data']).optional(),
    recipients: z.array(z.string().trim().toLowerCase().min(3).max(254)).min(1).max(1_000).optional(),
  })
  .refine((fault) => fault.recipients === undefined || !isBeforeRecipient(fault.mode), {
    path: ['recipients'],
    error: 'This fault strikes before the server hears of a recipient: leave recipients out.',
  })
  .refine((fault) => fault.times === null || fault.mode !== 'refuse-connections', {
    path: ['times'],
    error: 'A closed port cannot count: leave times out and switch the fault off yourself.',
  })
  .refine((fault) => fault.at === undefined || fault.mode === 'reject-4xx' || fault.mode === 'reject-5xx', {
    path: ['at'],
    error: 'Only a rejection has a place: leave at out.',
  });

export type MailFault = z.output<typeof mailFaultSchema>;
export type FaultMode = MailFault['mode'];

export const NO_FAULT: MailFault = { mode: 'ok', delayMs: 0, times: null };

function isBeforeRecipient(mode: (typeof FAULT_MODES)[number]): boolean {
  return mode === 'refuse-connections' || mode === 'hang-greeting';
}
