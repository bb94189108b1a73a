import { hasVisible, trimInvisible } from '@windlass/messaging/invisible';
import { z } from 'zod';

/**
 * Text a person typed: NFC, whole characters, without what is not seen at its ends, without NUL and other control
 * characters but line breaks and tabs. PostgreSQL refuses NUL everywhere, and half a surrogate pair in JSON.
 */
export const typedText = (most: number) =>
  z
    .string()
    .max(most, `At most ${most.toLocaleString('en')} characters.`)
    .refine(
      // eslint-disable-next-line no-control-regex -- control characters are what is looked for
      (text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text),
      'Control characters are not allowed.',
    )
    .refine((text) => text.isWellFormed(), 'This text is damaged: type it again instead of pasting it.')
    .transform((text) => trimInvisible(text.normalize('NFC')));

/** One line of it. */
export const typedLine = (most: number) =>
  typedText(most).refine((text) => !/[\r\n\t\u0085\u2028\u2029]/.test(text), 'Only one line.');

/** A line that must say something: of invisible characters alone it says nothing. */
export const neededLine = (most: number, sentence: string) => typedLine(most).refine(hasVisible, sentence);

/**
 * An e-mail address as it was typed. Whether it is one, and not too long for one, is for
 * @windlass/messaging/check-address to say: the limit
 * here is beyond what anybody types, and says it in the same words.
 */
export const emailText = z.string().max(1_000, 'An e-mail address has at most 254 characters.');

/**
 * A moment with its zone, answered in UTC, in years that every calendar knows. PostgreSQL has no year 0 and no zone
 * further from UTC than 16 hours.
 */
export const momentInput = z.iso
  .datetime({ offset: true, error: 'There is no such time.', abort: true })
  .refine((text) => text >= '1970' && text < '2100', 'A time between 1970 and 2100.')
  .transform((text) => new Date(text).toISOString());

/** From a moment on, and before another. */
export const spanInput = z
  .strictObject({ from: momentInput.optional(), before: momentInput.optional() })
  .refine(({ from, before }) => !from || !before || from < before, {
    path: ['before'],
    error: 'The end must come after the beginning.',
  });
export type Span = z.output<typeof spanInput>;

export const pageInput = {
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(100).default(50),
};

/** An id of ours: visible ASCII. Its exact form is not checked here: a wrong one simply is not there. */
export const idInput = z
  .string()
  .max(64)
  .regex(/^[\x21-\x7e]+$/, 'An id, as we gave it.');

/** A count that is not worth counting to the end: `more` says there are more than `count`. */
export const cappedCount = z.object({ count: z.number().int(), more: z.boolean() });
export type CappedCount = z.infer<typeof cappedCount>;
