import { TRPCError } from '@trpc/server';

/** What a caller did that cannot be done, by the kind of answer it gets. */
const kinds = {
  invalid: 'UNPROCESSABLE_CONTENT',
  'bad-request': 'BAD_REQUEST',
  'sign-in': 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  missing: 'NOT_FOUND',
  conflict: 'CONFLICT',
  gone: 'NOT_FOUND', // 410 over plain HTTP: tRPC has no word for it
  'too-large': 'PAYLOAD_TOO_LARGE',
  'wrong-type': 'UNSUPPORTED_MEDIA_TYPE',
  'too-many': 'TOO_MANY_REQUESTS',
} as const satisfies Record<string, TRPCError['code']>;

export type RefusalKind = keyof typeof kinds;

/** The one form of error answer, over tRPC (in `data`) and over REST (in `error`). */
export type ErrorAnswer = {
  /** A stable word for machines. */
  code: string;
  /** A sentence for people that says what to do. */
  message: string;
  requestId: string;
  /** What is wrong with which field of the input. */
  fields?: Record<string, string>;
};

/** Thrown to refuse a request. Not a bug and not logged as one. */
export class Refusal extends TRPCError {
  readonly word: string;
  readonly kind: RefusalKind;
  readonly fields: Record<string, string> | undefined;
  /** When another try may fare better, for the Retry-After header. */
  readonly retryAfterSeconds: number | undefined;
  constructor(
    kind: RefusalKind,
    word: string,
    detail: { message: string; fields?: Record<string, string>; retryAfterSeconds?: number },
  ) {
    super({ code: kinds[kind], message: detail.message });
    this.kind = kind;
    this.word = word;
    this.fields = detail.fields;
    this.retryAfterSeconds = detail.retryAfterSeconds;
  }
}

/** A foreign object answers exactly as a missing one. */
export const notFound = (what: string): Refusal =>
  new Refusal('missing', 'NOT_FOUND', { message: `There is no such ${what}.` });
