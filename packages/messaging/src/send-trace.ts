import type { SendStage } from './classify-smtp-failure.ts';
import type { ConversationLine, SendPhases } from './smtp-outcome.ts';

/** The running record of one send: how far it came, when, and what was said. */
export type SendTrace = {
  readonly startedAt: number;
  stage: SendStage;
  readonly enteredAt: Partial<Record<SendStage, number>>;
  readonly conversation: ConversationLine[];
};

const MAX_LINES = 60;
const MAX_LINE_LENGTH = 300;
/**
 * Lines kept from the beginning (greeting, EHLO) when a talkative server runs over the limit; the rest are the latest.
 */
const KEPT_FROM_START = 20;

export function startTrace(): SendTrace {
  return { startedAt: performance.now(), stage: 'queued', enteredAt: {}, conversation: [] };
}

export function enterStage(trace: SendTrace, stage: SendStage): void {
  // A message that moves to a fresh connection starts its commands anew.
  if (stage === 'connect') delete trace.enteredAt.commands;
  trace.stage = stage;
  trace.enteredAt[stage] = performance.now();
}

/** Adds what one side said; several lines become several entries. */
export function addLines(trace: SendTrace, who: ConversationLine['who'], text: string): void {
  const at = Math.round(performance.now() - trace.startedAt);
  for (const line of text.split(/\r?\n/)) {
    if (trace.conversation.length === MAX_LINES) trace.conversation.splice(KEPT_FROM_START, 1);
    trace.conversation.push({ at, who, line: line.slice(0, MAX_LINE_LENGTH) });
  }
}

/** Call when the outcome is known: an unfinished stage counts until now. */
export function readPhases({ enteredAt }: SendTrace): SendPhases {
  const now = performance.now();
  const phases: SendPhases = {};
  if (enteredAt.connect !== undefined) phases.connect = milliseconds(enteredAt.connect, enteredAt.commands ?? now);
  if (enteredAt.commands !== undefined) phases.commands = milliseconds(enteredAt.commands, enteredAt.data ?? now);
  if (enteredAt.data !== undefined) phases.data = milliseconds(enteredAt.data, enteredAt.commit ?? now);
  if (enteredAt.reply !== undefined) phases.reply = milliseconds(enteredAt.reply, now);
  return phases;
}

function milliseconds(from: number, to: number): number {
  return Math.round((to - from) * 10) / 10;
}
