import { type Entry, type Ledger, type Mailed, only } from '../entry.ts';
import { atMost, none, type Verdict } from '../verdict.ts';

export type MailBounds = {
  /** only orders clicked in this part of the run */
  part: string;
  /** copies over all messages: kills × what one worker has under way at once; 0 where nothing may be copied */
  mostCopies: number;
};

/** What every approved order is owed: its mail, and no more copies than a crash can excuse, each told by the ledger. */
export function checkMails(entries: readonly Entry[], { part, mostCopies }: MailBounds): Verdict[] {
  const approved = approvedIn(entries, part);
  const ledger = only(entries, 'ledger').filter(({ order }) => approved.has(order));
  const mails = Map.groupBy(only(entries, 'mailed'), ({ to }) => to);
  const mailsOf = ({ email }: Ledger) => mails.get(email) ?? [];

  const unsent = [...approved].filter((order) => !ledger.some((row) => row.order === order && mailsOf(row).length > 0));
  const doubled = ledger.filter((row) => mailsOf(row).length > 1);
  const copies = doubled.reduce((sum, row) => sum + mailsOf(row).length - 1, 0);
  const most = Math.max(0, ...ledger.map((row) => mailsOf(row).length));
  const silent = doubled.filter((row) => (row.attempts ?? 0) < 2 || (row.commits ?? 0) < mailsOf(row).length);
  // Two that may have been taken are the most: of a third a person decides.
  const isAsked = (row: Ledger) => mostCopies > 0 && row.state === 'uncertain' && (row.commits ?? 0) >= 2;
  const unsettled = ledger.filter((row) => row.state !== 'accepted' && !isAsked(row));
  return [
    none('approved orders without their mail', unsent),
    none(
      'deliveries that neither end accepted nor, lost twice, ask a person',
      unsettled.map((row) => `${row.order} ${row.state}`),
    ),
    atMost('second copies, over all messages', copies, mostCopies),
    atMost('copies of one message', most, mostCopies === 0 ? 1 : 2),
    none(
      'copies with another Message-ID or other links',
      doubled.filter((row) => !allAlike(mailsOf(row))).map(({ order }) => order),
    ),
    none(
      'copies that the ledger does not tell (attempts, commit marks)',
      silent.map(({ order }) => order),
    ),
  ];
}

/** Orders whose approval some client was told of. */
export function approvedIn(entries: readonly Entry[], part: string): Set<string> {
  const asked = only(entries, 'asked').filter(
    (line) => line.part === part && line.verb === 'approve' && line.status === 200,
  );
  return new Set(asked.map(({ order }) => order));
}

function allAlike([first, ...others]: readonly Mailed[]): boolean {
  const face = (mail: Mailed) => `${mail.messageId} ${mail.links.toSorted().join(' ')}`;
  return first !== undefined && others.every((mail) => face(mail) === face(first));
}
