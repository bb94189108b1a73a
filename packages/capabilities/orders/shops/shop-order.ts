import { checkAddress } from '@windlass/messaging/check-address';
import type { z } from 'zod';
import { isCurrency, parseMinor } from '../../kit/decimal-money.ts';
import { type ReceivedOrder, receivedOrder } from '../contract.ts';
import { splitAmount } from './split-amount.ts';

/** Why a shop's order cannot be taken: a word for machines and a sentence for the person who looks. */
export type ShopRefusal = { ok: false; code: 'NOT_AN_ORDER' | 'NO_EMAIL' | 'BAD_EMAIL' | 'NO_LINES' | 'BAD_AMOUNT' | 'NOT_VALID'; reason: string };
export type ShopOrder = { ok: true; order: ReceivedOrder };
export type ShopReading = {
  /** The order's id over there; undefined where the message names none. */
  externalId: string | undefined;
  reference: string | undefined;
  result: ShopOrder | ShopRefusal;
};

/** What the readers make of a message, before it is checked. A line costs `unit` times its quantity, and `plus`, less `minus`: decimal text. */
export type ShopFacts = {
  reference: string | undefined;
  email: string | undefined;
  /** The first that is not empty is the customer's name; else the address. */
  names: readonly (string | undefined)[];
  currency: string;
  note: string | undefined;
  placedAt: string | undefined;
  lines: readonly { sku: string; title: string; quantity: string; unit?: string; plus: readonly string[]; minus: readonly string[] }[];
};

const fieldNames: Readonly<Record<string, string>> = { 'customer.name': 'The customer’s name', note: 'The note', placedAt: 'The time of the order', reference: 'The order’s name' };

const refuse = (code: ShopRefusal['code'], reason: string): ShopRefusal => ({ ok: false, code, reason });
/** What a shop calls its goods is no reason to lose an order: one line, of our length. */
const oneLine = (text: string, most: number): string => text.replace(/\s+/g, ' ').trim().slice(0, most).toWellFormed();

/** An order of ours, or why it cannot be one. `email` given by a person takes the place of the message's own. */
export function makeShopOrder(facts: ShopFacts, email?: string): ShopOrder | ShopRefusal {
  if (facts.lines.length === 0) return refuse('NO_LINES', 'The order has no lines.');
  const written = email ?? facts.email?.trim() ?? '';
  if (written === '') return refuse('NO_EMAIL', 'The order has no e-mail address, so nothing can be sent to its customer.');
  const address = checkAddress(written);
  if (!address.ok) return refuse('BAD_EMAIL', `The e-mail address cannot be written to. ${address.sentence}`);
  if (!isCurrency(facts.currency)) return refuse('BAD_AMOUNT', `“${facts.currency.slice(0, 20)}” is no currency.`);

  const lines: z.input<typeof receivedOrder>['lines'] = [];
  for (const [index, { sku, title, quantity, unit = '0', plus, minus }] of facts.lines.entries()) {
    const pieces = Number(quantity);
    const amount = pieces * sum([unit], facts.currency) + sum(plus, facts.currency) - sum(minus, facts.currency);
    if (!Number.isSafeInteger(pieces) || pieces < 0) return refuse('NOT_VALID', `The quantity of line ${index + 1} is no whole number.`);
    if (!Number.isSafeInteger(amount) || amount < 0) return refuse('BAD_AMOUNT', `The amount of line ${index + 1} cannot be read.`);
    if (pieces === 0) continue; // taken off the order before it reached us
    for (const piece of splitAmount(amount, pieces)) lines.push({ ...piece, sku: oneLine(sku, 100), title: oneLine(title, 300) });
  }
  if (lines.length === 0) return refuse('NO_LINES', 'The order has no lines left.');
  const parsed = receivedOrder.safeParse({
    ...(facts.reference && { reference: oneLine(facts.reference, 100) }),
    customer: { name: facts.names.find((name) => name?.trim()) ?? address.address, email: address.address },
    currency: facts.currency,
    ...(facts.note?.trim() && { note: facts.note.slice(0, 2000).toWellFormed() }),
    ...(facts.placedAt && { placedAt: facts.placedAt }),
    lines,
  });
  if (parsed.success) return { ok: true, order: parsed.data };
  const [issue] = parsed.error.issues;
  return refuse('NOT_VALID', `${fieldNames[issue!.path.join('.')] ?? (issue!.path[0] === 'lines' ? 'One of the lines' : 'The order')} cannot be taken as it is. ${issue!.message}`);
}

/** NaN where one of them is no amount of this currency. */
function sum(amounts: readonly string[], currency: string): number {
  return amounts.reduce((total, text) => {
    const amount = parseMinor(text, currency);
    return amount.ok ? total + amount.minor : Number.NaN;
  }, 0);
}
