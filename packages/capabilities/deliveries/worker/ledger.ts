import type { Database } from '@windlass/db/open-database';
import { Batcher } from '@windlass/queue/statements/batcher';
import type { MessageSettlers } from '../../kit/message-settler.ts';
import { type AttemptToBegin, beginAttempts, type BegunAttempt } from './begin-attempts.ts';
import { declareUncertain } from './declare-uncertain.ts';
import { type CommitMark, markCommitting } from './mark-committing.ts';
import { type AttemptOutcome, recordOutcomes } from './record-outcomes.ts';

/**
 * What a worker writes about the deliveries it sends. What many write in the same moment is gathered into one statement
 * and one commit: a mail of a thousand costs a fraction of a mail alone.
 */
export type Ledger = {
  begin: (attempt: AttemptToBegin) => Promise<BegunAttempt | undefined>;
  declareUncertain: (deliveryId: string) => Promise<boolean>;
  markCommitting: (mark: CommitMark) => Promise<boolean>;
  recordOutcome: (outcome: AttemptOutcome) => Promise<boolean>;
};

/** Waits for a row's lock hold up those beside it, so a batch is no larger than what is worth gathering. */
const MOST = 100;

export function openLedger(
  database: Database,
  { settlers, mostCopies }: { settlers: MessageSettlers; mostCopies: number },
): Ledger {
  const begins = new Batcher(
    (attempts: AttemptToBegin[]) => database.transaction((tx) => beginAttempts(tx, attempts, settlers)),
    MOST,
  );
  const declarations = new Batcher(
    (ids: string[]) => database.transaction((tx) => declareUncertain(tx, ids, { settlers, mostCopies })),
    MOST,
  );
  const marks = new Batcher((some: CommitMark[]) => markCommitting(database.sql, some), MOST);
  const outcomes = new Batcher(
    (some: AttemptOutcome[]) => database.transaction((tx) => recordOutcomes(tx, some, settlers)),
    MOST,
  );
  return {
    begin: (attempt) => begins.add(attempt),
    declareUncertain: (deliveryId) => declarations.add(deliveryId),
    markCommitting: (mark) => marks.add(mark),
    recordOutcome: (outcome) => outcomes.add(outcome),
  };
}
