import { type Entry, only } from '../entry.ts';
import { atMost, none, told, type Verdict } from '../verdict.ts';
import { approvedIn } from './check-mails.ts';

export type NeverTwiceBounds = {
  part: string;
  /** kills × what one worker has under way at once */ mostUncertain: number;
};

/** Where a kind of message is never sent twice: no copy at all, and each message in doubt is put before a person. */
export function checkNeverTwice(entries: readonly Entry[], { part, mostUncertain }: NeverTwiceBounds): Verdict[] {
  // The first ledger is written before anybody decides; what people send again afterwards is their doing.
  const undecided = entries.slice(0, entries.findLastIndex(({ what }) => what === 'ledger') + 1);
  const approved = approvedIn(undecided, part);
  const ledger = only(undecided, 'ledger').filter(({ order }) => approved.has(order));
  const mails = Map.groupBy(only(undecided, 'mailed'), ({ to }) => to);
  const mailsTo = (email: string) => mails.get(email)?.length ?? 0;

  const uncertain = ledger.filter(({ state }) => state === 'uncertain');
  const answeredFor = ledger
    .filter((row) => mailsTo(row.email) > 0 || row.state === 'uncertain')
    .map(({ order }) => order);
  const unsent = [...approved].filter((order) => !answeredFor.includes(order));
  const elsewhere = ledger.filter(({ state }) => state !== 'accepted' && state !== 'uncertain');
  const boasted = ledger.filter((row) => row.state === 'accepted' && mailsTo(row.email) === 0);
  const shown = new Set(only(entries, 'shown').map(({ delivery }) => delivery));
  const resolved = new Map(only(entries, 'resolved').map((line) => [line.delivery, line]));
  const settled = (delivery: string) => ['sent', 'accepted'].includes(resolved.get(delivery)?.state ?? '');
  const inDoubt = (is: (delivery: string) => boolean) =>
    uncertain.filter(({ delivery = '' }) => is(delivery)).map(({ order }) => order);
  return [
    none(
      'messages sent twice',
      ledger.filter(({ email }) => mailsTo(email) > 1).map(({ order }) => order),
    ),
    none('approved orders neither sent nor asked about', unsent),
    none(
      'deliveries neither accepted nor uncertain',
      elsewhere.map(({ order }) => order),
    ),
    none(
      'deliveries called accepted that no mail server took',
      boasted.map(({ order }) => order),
    ),
    atMost('messages in doubt', uncertain.length, mostUncertain),
    told('… of which the mail server had taken', uncertain.filter(({ email }) => mailsTo(email) > 0).length),
    none(
      'messages in doubt that no person is shown',
      inDoubt((delivery) => !shown.has(delivery)),
    ),
    none(
      'messages in doubt that a person’s word does not settle',
      inDoubt((delivery) => !settled(delivery)),
    ),
  ];
}
