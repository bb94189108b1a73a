import type { Tx } from '@windlass/db/sql';

/**
 * What has become of a message, for what it serves: it is (again) on its way; the channel has taken it; it failed, or
 * nobody knows; it was stopped before it left; it failed, and a person leaves it so.
 */
export type MessageFate = 'moving' | 'delivered' | 'failed' | 'stopped' | 'acknowledged';

export type MessageOutcome = { /** What it serves. */ subject: string; fate: MessageFate };

/** Puts right what messages of one kind served, in the transaction that settles them. Subjects' rows are locked. */
export type MessageSettler = (tx: Tx, outcomes: readonly MessageOutcome[]) => Promise<void>;

/** By the kind of message. Other kinds serve nothing whose state is theirs. */
export type MessageSettlers = Readonly<Record<string, MessageSettler>>;

export type OutcomeOfKind = { kind: string; subject: string | null; fate: MessageFate };

/** One call for each kind. */
export async function settleMessages(
  tx: Tx,
  settlers: MessageSettlers,
  outcomes: readonly OutcomeOfKind[],
): Promise<void> {
  for (const [kind, some] of Map.groupBy(outcomes, ({ kind }) => kind)) {
    const served = some.flatMap(({ subject, fate }) => (subject === null ? [] : [{ subject, fate }]));
    if (served.length > 0) await settlers[kind]?.(tx, served);
  }
}
