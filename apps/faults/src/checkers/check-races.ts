import { type Asked, type Entry, type Ledger, only } from '../entry.ts';
import { none, type Verdict } from '../verdict.ts';

type Decided = { status: number; alreadyDone: boolean; orderId: string; number: number; version: number };

/**
 * Many decisions on one order at once: one is made, everybody is told the same of it, and what follows follows once.
 */
export function checkRaces(entries: readonly Entry[]): Verdict[] {
  const rounds = Map.groupBy(
    only(entries, 'asked').filter(({ status }) => status !== 503),
    ({ order }) => order,
  );
  const ledger = Map.groupBy(only(entries, 'ledger'), ({ order }) => order);
  const mails = Map.groupBy(only(entries, 'mailed'), ({ to }) => to);
  const orders = [...rounds.keys()];
  const row = (order: string): Ledger | undefined => ledger.get(order)?.[0];
  const yes = (order: string) =>
    rounds
      .get(order)!
      .map(decidedBy)
      .filter((decided) => decided !== undefined)
      .map(({ number, version }) => `${number} ${version}`);
  const winners = (order: string) => rounds.get(order)!.filter((line) => decidedBy(line)?.alreadyDone === false);
  const wrong = (is: (order: string) => boolean) => orders.filter(is);

  return [
    none(
      'orders without exactly one winner',
      wrong((order) => winners(order).length !== 1),
    ),
    none(
      'orders that did not become what the winner wanted',
      wrong((order) => row(order)?.status !== wantedBy(winners(order)[0])),
    ),
    none(
      'orders whose record tells more than one decision',
      wrong((order) => decisionsOn(row(order)) !== 1),
    ),
    none(
      'losers told other data than the winner',
      wrong((order) => new Set(yes(order)).size !== 1),
    ),
    none(
      'losers of the other decision not refused with 409',
      wrong((order) => !losersAreRefused(rounds.get(order)!, winners(order)[0])),
    ),
    none(
      'approved orders without exactly one mail',
      wrong((order) => row(order)?.status === 'approved' && mailsOf(row(order)) !== 1),
    ),
    none(
      'rejected orders with a mail or a delivery',
      wrong((order) => row(order)?.status === 'rejected' && wasSent(row(order))),
    ),
  ];

  function wasSent(of: Ledger | undefined): boolean {
    return mailsOf(of) > 0 || of?.delivery !== undefined;
  }

  function mailsOf(of: Ledger | undefined): number {
    return mails.get(of?.email ?? '')?.length ?? 0;
  }
}

/** What a yes says; undefined for a no, or for no answer. */
function decidedBy({ status, body }: Asked): Decided | undefined {
  if (status !== 200 || body === undefined) return undefined;
  return (JSON.parse(body) as { result: { data: Decided } }).result.data;
}

const decisionsOn = (of: Ledger | undefined): number => (of?.approvals ?? 0) + (of?.rejections ?? 0);

const wantedBy = (winner: Asked | undefined): string => (winner?.verb === 'reject' ? 'rejected' : 'approved');

function losersAreRefused(asked: readonly Asked[], winner: Asked | undefined): boolean {
  return asked.every((line) => (line.verb === winner?.verb ? line.status === 200 : line.status === 409));
}
