import type { UploadPlan } from '../contract.ts';

export type UploadFacts = { name: string; sizeBytes: number; lineId?: string | undefined; replacesId?: string | undefined };

/** What sending needs of the server; the admin and the customer's page each have their own way to it. */
export type UploadCalls = {
  start: (facts: UploadFacts) => Promise<UploadPlan>;
  resume: (uploadId: string) => Promise<UploadPlan>;
  partUrls: (uploadId: string, parts: number[]) => Promise<{ part: number; url: string }[]>;
  finish: (uploadId: string) => Promise<{ artworkId: string }>;
  abandon: (uploadId: string) => Promise<unknown>;
};

/** The server said no, and why: trying again does not help. Everything else a call throws is a line that broke. */
export class UploadRefused extends Error {
  /** What the server calls it, e.g. NOT_FOUND. */
  readonly code: string;
  constructor(code: string, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
