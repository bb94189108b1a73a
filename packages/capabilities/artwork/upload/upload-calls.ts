import type { ErrorAnswer } from '../../kit/refusal.ts';
import type { UploadPlan } from '../contract.ts';

export type UploadFacts = {
  name: string;
  sizeBytes: number;
  lineId?: string | undefined;
  replacesId?: string | undefined;
};

/**
 * What sending needs of the server; the admin and the customer's page each have their own way to it. A call throws
 * UploadRefused where the server has decided, UploadHindered where it answered that it cannot now, and anything else
 * where the line broke.
 */
export type UploadCalls = {
  start: (facts: UploadFacts) => Promise<UploadPlan>;
  resume: (uploadId: string) => Promise<UploadPlan>;
  partUrls: (uploadId: string, parts: number[]) => Promise<{ part: number; url: string }[]>;
  finish: (uploadId: string) => Promise<{ artworkId: string }>;
  abandon: (uploadId: string) => Promise<unknown>;
};

/** The server said no, and why: trying again does not help. */
export class UploadRefused extends Error {
  /** What the server calls it, e.g. NOT_FOUND. */
  readonly code: string;
  constructor(code: string, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** The server was there and could not: the same again may work in a moment, but not for ever. */
export class UploadHindered extends Error {}

/** The place the bytes went to is gone: only a new upload helps. */
export class UploadLost extends UploadHindered {}

/**
 * Answers that say nothing of the file: they pass by themselves, or a person sees to it (signs in again, makes room),
 * and then it goes on.
 */
const PASSING: ReadonlySet<string> = new Set([
  'BUSY',
  'INTERNAL',
  'STORAGE_AWAY',
  'STORAGE_FULL',
  'TOO_SLOW',
  'INCOMPLETE',
  'SIGN_IN',
]);

/** What a call throws for an error answer of the server, in its words. */
export function answeredError({ code, message, requestId }: ErrorAnswer): UploadRefused | UploadHindered {
  if (!PASSING.has(code)) return new UploadRefused(code, message);
  return new UploadHindered(code === 'INTERNAL' ? `${message} It is ${requestId}.` : message);
}
