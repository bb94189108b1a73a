import { trimSpaces } from './trim-spaces.ts';

export type NameCheck = { ok: true; text: string } | { ok: false; code: 'PLAIN_LINE'; sentence: string };

/** Longest name or subject in code points. */
export const MAX_NAME_LENGTH = 200;

/**
 * Accepts one line of plain text, such as a person's name or a subject, and returns it trimmed and in NFC.
 * Line breaks and control characters are refused, never dropped: a CR/LF here is either a mistake worth showing or an
 * attempt at header injection. Emoji, right-to-left and zero-width characters are people's names and stay.
 */
export function checkName(input: string): NameCheck {
  const text = trimSpaces(input.normalize('NFC'));
  if (text === '') return refuse('Write at least one character.');
  if (!text.isWellFormed()) return refuse('This text is damaged: type it again instead of pasting it.');
  if (/[\p{Cc}\u2028\u2029]/u.test(text))
    return refuse('Write it on one line, without line breaks, tabs or other control characters.');
  if ([...text].length > MAX_NAME_LENGTH) return refuse(`Use at most ${MAX_NAME_LENGTH} characters.`);
  return { ok: true, text };
}

function refuse(sentence: string): NameCheck {
  return { ok: false, code: 'PLAIN_LINE', sentence };
}
