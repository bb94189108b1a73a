/**
 * checking -> waiting -> sending -> finishing -> done. `offline`: it goes on by itself. `paused`: a person goes on with
 * it. `refused`: no try would help. `failed`: it was tried often enough; a person may try again.
 */
export type UploadState =
  | 'checking'
  | 'waiting'
  | 'sending'
  | 'offline'
  | 'paused'
  | 'finishing'
  | 'done'
  | 'refused'
  | 'failed';

/** One file on its way. */
export type UploadItem = {
  key: string;
  name: string;
  sizeBytes: number;
  sentBytes: number;
  state: UploadState;
  lineId?: string | undefined;
  /** Why it was refused, has failed, or waits to be tried again. */
  sentence?: string | undefined;
};

/** All of them at one moment. A new object whenever something changed. */
export type UploadsNow = {
  items: readonly UploadItem[];
  sentBytes: number;
  totalBytes: number;
  done: number;
  refused: number;
  failed: number;
  /** Something is sent or waits for its turn. */
  moving: boolean;
  /** What is left was put aside by a person. */
  paused: boolean;
  /** null: not known yet. */
  secondsLeft: number | null;
};

/** Nothing more happens to it unless a person asks for it. */
export const isOver = (state: UploadState): boolean => state === 'done' || state === 'refused' || state === 'failed';
