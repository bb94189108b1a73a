import type { DeliveryState } from '@windlass/capabilities/deliveries/contract';

/** A client asked for a decision: one line for each try. */
export type Asked = {
  what: 'asked';
  /** approve or reject */
  verb: 'approve' | 'reject';
  order: string;
  /** which part of the run it belongs to, where a run has several */
  part: string;
  /** who asked: one person clicks once under one key, however often it is sent */
  person: string;
  key: string;
  try: number;
  /** undefined: no answer came (refused, reset, timed out) */
  status?: number;
  /** the answer without its request id */
  body?: string;
  retryAfter?: string;
  ms: number;
};

/** The mail server took a message: its 250 was handed to the kernel, whether or not anyone was left to read it. */
export type Mailed = { what: 'mailed'; to: string; messageId: string; links: string[]; replied: boolean };

/** The nemesis did something. `begun` before, `done` after: what is under way in between is anybody's guess. */
export type Struck = { what: 'struck'; how: string; victim: string; phase: 'begun' | 'done'; ms?: number };

/** A program of ours ended without having been told to. */
export type Died = { what: 'died'; program: string; how: string };

/** A program of ours was told to end, and did. */
export type Ended = { what: 'ended'; program: string; code: number | null; ms: number };

/** What the database says of an order when all is over: one line for each delivery, or one without. */
export type Ledger = {
  what: 'ledger';
  order: string;
  email: string;
  status: string;
  version: number;
  /** decisions on the order's own record */
  approvals: number;
  rejections: number;
  delivery?: string;
  state?: DeliveryState;
  messageId?: string;
  attempts?: number;
  /** attempts in which the message may have left the house */
  commits?: number;
};

/** The panel lists this delivery among the problems and offers what to do about it. */
export type Shown = { what: 'shown'; delivery: string };

/** A person said what became of a message in doubt; `state` is how its delivery stood when all was over. */
export type Resolved = { what: 'resolved'; delivery: string; as: 'sent' | 'send_again'; status: number; state: string };

/** One connection of one listener, from its opening to its end. */
export type Listened = {
  what: 'listened';
  listener: string;
  /** events heard: their number in the record, and the stream id they came under */
  heard: { seq: number; id: string }[];
  signals: string[];
  /** the place it was greeted with, and the last one it knew */
  greeting?: string;
  last?: string;
  /** when the connection before was lost, and when this one was greeted: ms since the run began */
  lostAt?: number;
  greetedAt?: number;
};

/** What the record holds for the listeners: every event's number and subject, where it matters its transaction. */
export type Recorded = { what: 'recorded'; events: { seq: number; subject: string; xid?: string }[] };

/** A program asked the store to keep an object: `stored`, or the store's word for why not. */
export type Put = { what: 'put'; key: string; outcome: string; part: string };

/** What is to be seen of an object when somebody looks. */
export type Seen = { what: 'seen'; key: string; whole: boolean };

/** A customer's download: what was answered, and how many the link has counted since. */
export type Downloaded = { what: 'downloaded'; part: string; status: number; counted: number };

/** A file was given to the image pipeline, and what became of it: one line for each. */
export type Pictured = {
  what: 'pictured';
  number: number;
  family: string;
  mutation: string;
  detail: string;
  /** bytes of the file */
  bytes: number;
  /** true: never to become pixels; false: a good picture; left out: either answer is a right one */
  mustBeRefused?: boolean;
  /** it may be stored unopened */
  mayBeKept?: true;
  /** what is wrong with it is not to be seen without decoding */
  hidden?: true;
  /**
   * rendered, kept (stored unopened), a refusal's code, or ERROR and what was thrown instead; left out: no answer came
   */
  answer?: string;
  /** who said so: the look at the first bytes, the look at the structure, or whoever decodes */
  by?: 'kind' | 'structure' | 'decoder';
  ms: number;
  outputs?: Output[];
  /** of a good picture: the sides it is to be shown with */
  shown?: { width: number; height: number };
  /** files in its folder that no answer speaks of */
  left: string[];
};

/** A file that the pipeline wrote, as somebody finds it who was not there. */
export type Output = {
  name: string;
  /** the most that was asked for, in pixels of the longest side */
  within: number;
  /** null where it is not there or cannot be opened */
  width: number | null;
  height: number | null;
  bytes: number;
  /** what it brought along from its original: exif, xmp, iptc, payload */
  carries: string[];
};

/** A stranger's request, and how it was answered; without a status: not at all, or the answer was not fetched. */
export type Attacked = {
  what: 'attacked';
  number: number;
  family: string;
  detail: string;
  status?: number | undefined;
  ms: number;
  from?: string;
  mustNotBe?: number;
};

/** Somebody who worked meanwhile. */
export type Honest = { what: 'honest'; doing: 'list' | 'sign-in' | 'page'; status?: number | undefined; ms: number };

/** Something the run measured itself. */
export type Measured = { what: 'measured'; name: string; value: number };

/** A program said of itself that something went wrong. */
export type Logged = { what: 'logged'; program: string; text: string };

/** A free remark for whoever reads the file. */
export type Noted = { what: 'noted'; text: string };

export type Entry =
  | Asked
  | Mailed
  | Struck
  | Died
  | Ended
  | Ledger
  | Shown
  | Resolved
  | Listened
  | Recorded
  | Put
  | Seen
  | Downloaded
  | Pictured
  | Attacked
  | Honest
  | Measured
  | Logged
  | Noted;

/** The lines of one kind. */
export function only<Kind extends Entry['what']>(
  lines: readonly Entry[],
  what: Kind,
): Extract<Entry, { what: Kind }>[] {
  return lines.filter((line): line is Extract<Entry, { what: Kind }> => line.what === what);
}

/** A figure that the run took itself; NaN, which keeps no promise, where it did not. */
export const figureOf = (lines: readonly Entry[], name: string): number =>
  only(lines, 'measured').find((line) => line.name === name)?.value ?? Number.NaN;
