/** waiting -> sending <-> paused; sending -> finishing -> done | refused. `offline`: it goes on by itself. */
export type UploadState = 'waiting' | 'sending' | 'offline' | 'paused' | 'finishing' | 'done' | 'refused';

/** One file on its way. */
export type UploadItem = {
  key: string;
  name: string;
  sizeBytes: number;
  sentBytes: number;
  state: UploadState;
  lineId?: string | undefined;
  /** Why it was refused. */
  sentence?: string | undefined;
};

/** All of them at one moment. A new object whenever something changed. */
export type UploadsNow = {
  items: readonly UploadItem[];
  sentBytes: number;
  totalBytes: number;
  done: number;
  refused: number;
  /** Something is sent or waits for its turn. */
  moving: boolean;
  paused: boolean;
  /** null: not known yet. */
  secondsLeft: number | null;
};

export const isOver = (state: UploadState): boolean => state === 'done' || state === 'refused';
