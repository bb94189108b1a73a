import { checkAddress } from '@windlass/messaging/check-address';
import { hasVisible, trimInvisible } from '@windlass/messaging/invisible';
import type { z } from 'zod';
import { cleanLine, cleanText } from '../../kit/clean-text.ts';
import { formatMinor, isCurrency } from '../../kit/decimal-money.ts';
import { type ReceivedOrder, shopOrder } from '../contract.ts';
import { lineAmount, type LineCost } from './line-amount.ts';
import { splitAmount } from './split-amount.ts';

/** Why a shop's order cannot be taken: a word for machines and a sentence for the person who looks. */
export type ShopRefusal = {
  ok: false;
  code: 'NOT_AN_ORDER' | 'NO_EMAIL' | 'BAD_EMAIL' | 'NO_LINES' | 'BAD_AMOUNT' | 'NOT_VALID';
  reason: string;
};
/** `remarks`: what was not taken to the letter, for whoever looks at the order. */
export type ShopOrder = { ok: true; order: ReceivedOrder & { remarks?: string[] } };
export type ShopReading = {
  /** The order's id over there; undefined where the message names none. */
  externalId: string | undefined;
  reference: string | undefined;
  result: ShopOrder | ShopRefusal;
};

/**
 * What the readers make of a message, before it is checked. `rounds`: its amounts may have more decimals than the
 * currency. `kept`: so many of a line's pieces were not taken off the order since; left out, all.
 */
export type ShopFacts = {
  reference: string | undefined;
  email: string | undefined;
  /** The first that is not empty is the customer's name; else the address. */
  names: readonly (string | undefined)[];
  currency: string;
  note: string | undefined;
  placedAt: string | undefined;
  rounds?: boolean;
  lines: readonly (LineCost & { sku: string; title: string; quantity: string; kept?: string | undefined })[];
};

const fieldNames: Readonly<Record<string, string>> = { lines: 'The list of lines' };

const refuse = (code: ShopRefusal['code'], reason: string): ShopRefusal => ({ ok: false, code, reason });
/** Undefined for what nobody sees. */
const seen = (text: string): string | undefined => (hasVisible(text) ? text : undefined);

/** An order of ours, or why it cannot be one. `email` given by a person takes the place of the message's own. */
export function makeShopOrder(facts: ShopFacts, email?: string): ShopOrder | ShopRefusal {
  if (facts.lines.length === 0) return refuse('NO_LINES', 'The order has no lines.');
  const written = email ?? facts.email ?? '';
  if (trimInvisible(written) === '')
    return refuse('NO_EMAIL', 'The order has no e-mail address, so nothing can be sent to its customer.');
  const address = checkAddress(written);
  if (!address.ok) return refuse('BAD_EMAIL', `The e-mail address cannot be written to. ${address.sentence}`);
  if (!isCurrency(facts.currency)) return refuse('BAD_AMOUNT', `“${facts.currency.slice(0, 20)}” is no currency.`);

  const lines: z.input<typeof shopOrder>['lines'] = [];
  const rounded: string[] = [];
  for (const [index, { sku, title, quantity, kept, ...cost }] of facts.lines.entries()) {
    const pieces = Number(quantity);
    if (!Number.isSafeInteger(pieces) || pieces < 0)
      return refuse('NOT_VALID', `The quantity of line ${index + 1} is no whole number.`);
    const amount = lineAmount(pieces, cost, facts.currency);
    if (!amount || (amount.cameAs && !facts.rounds))
      return refuse('BAD_AMOUNT', `The amount of line ${index + 1} cannot be read.`);
    if (pieces === 0) continue; // taken off the order before it reached us
    const left = kept === undefined ? pieces : Math.min(pieces, Number(kept));
    if (!Number.isSafeInteger(left) || left < 0)
      return refuse('NOT_VALID', `The quantity left of line ${index + 1} is no whole number.`);
    if (left === 0) continue;
    if (amount.cameAs)
      rounded.push(`${amount.cameAs} to ${formatMinor(amount.minor, facts.currency)} (line ${index + 1})`);
    const named = { sku: seen(cleanLine(sku, 100)) ?? 'unknown', title: cleanLine(title, 300) };
    for (const piece of splitAmount(left === pieces ? amount.minor : Math.round((amount.minor / pieces) * left), left))
      lines.push({ ...piece, ...named });
  }
  if (lines.length === 0) return refuse('NO_LINES', 'The order has no lines left.');
  // What people write in a shop is no reason to lose their order: it is cut and cleaned, and the order is taken.
  const reference = seen(cleanLine(facts.reference ?? '', 100));
  const note = cleanText(facts.note ?? '', 2000);
  const parsed = shopOrder.safeParse({
    ...(reference && { reference }),
    customer: {
      name: facts.names.map((name) => seen(cleanLine(name ?? '', 200))).find(Boolean) ?? address.address.slice(0, 200),
      email: address.address,
    },
    currency: facts.currency,
    ...(note && { note }),
    ...(facts.placedAt && { placedAt: facts.placedAt }),
    lines,
  });
  if (parsed.success)
    return { ok: true, order: { ...parsed.data, ...(rounded.length > 0 && { remarks: [describeRounded(rounded)] }) } };
  const [issue] = parsed.error.issues;
  return refuse(
    'NOT_VALID',
    `${fieldNames[issue!.path.join('.')] ?? (issue!.path[0] === 'lines' ? 'One of the lines' : 'The order')} cannot be taken as it is. ${issue!.message}`,
  );
}

/** The first few say what kind it is. */
const describeRounded = (rounded: readonly string[]): string =>
  `Rounded: ${rounded.slice(0, 3).join(', ')}${rounded.length > 3 ? `, and ${rounded.length - 3} more lines` : ''}.`;
