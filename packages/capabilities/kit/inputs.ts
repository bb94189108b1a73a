import { z } from 'zod';

/** Text a person typed: NFC, without NUL (PostgreSQL refuses it) and other control characters but line breaks and tabs. */
export const typedText = (most: number) =>
  z
    .string()
    .max(most, `At most ${most.toLocaleString('en')} characters.`)
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    .refine((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text), 'Control characters are not allowed.')
    .transform((text) => text.normalize('NFC').trim());

/** One line of it. */
export const typedLine = (most: number) => typedText(most).refine((text) => !/[\r\n\t]/.test(text), 'Only one line.');

export const pageInput = { cursor: z.string().max(500).optional(), limit: z.number().int().min(1).max(100).default(50) };

/** An id of ours. Its exact form is not checked here: a wrong one simply is not there. */
export const idInput = z.string().min(1).max(64);

/** A count that is not worth counting to the end: `more` says there are more than `count`. */
export const cappedCount = z.object({ count: z.number().int(), more: z.boolean() });
export type CappedCount = z.infer<typeof cappedCount>;
