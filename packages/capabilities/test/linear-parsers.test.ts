import { canonicalAddress } from '@windlass/auth/client-address';
import { parseCursor } from '@windlass/live/cursor';
import { checkAddress } from '@windlass/messaging/check-address';
import { checkName } from '@windlass/messaging/check-name';
import { attachmentHeader } from '@windlass/storage/attachment-header';
import { parseRange } from '@windlass/storage/parse-range';
import { getSignedCookie } from 'hono/cookie';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { expect, test } from 'vitest';
import { uploadIdOf } from '../artwork/link-token.ts';
import { cleanFileName } from '../artwork/rules.ts';
import { chooseFormats } from '../artwork/server/choose-format.ts';
import { parseMinor } from '../kit/decimal-money.ts';
import { typedLine } from '../kit/inputs.ts';
import { parsePlace } from '../kit/page.ts';
import { receivedOrder } from '../orders/contract.ts';
import { decodeText } from '../orders/csv/decode-text.ts';
import { unguardCell, writeCell } from '../orders/csv/guard-cell.ts';
import { parseWhen } from '../orders/csv/parse-when.ts';
import { readFile } from '../orders/csv/read-file.ts';
import { normalSearch, orderFilter } from '../orders/order-filter.ts';
import { readShopOrder } from '../orders/shops/read-shop-order.ts';

const page = new Hono()
  .use(compress())
  .get('/', async (c) =>
    c.text(`${String(await getSignedCookie(c, 'secret', 'wl.session_token'))} ${'x'.repeat(2000)}`),
  );
const ask = (headers: Record<string, string>) =>
  Promise.resolve(page.request('/', { headers })).then((answer) => answer.text());
const headerText = (text: string) => text.replace(/[^\x20-\x7e]/g, '~');
const bytesOf = async function* (text: string) {
  yield Buffer.from(text);
};
const csv = (cell: string) =>
  readFile(
    bytesOf(`reference,name,email,currency,sku,title,quantity,unit_price\nA-1,${cell},a@example.com,EUR,X,,1,1\n`),
  );
const shopify = (text: string) =>
  Buffer.from(
    JSON.stringify({
      id: 1,
      name: text,
      email: text,
      currency: 'EUR',
      note: text,
      line_items: [{ sku: text, title: text, quantity: 1, price: text }],
    }),
  );
const woocommerce = (text: string) =>
  Buffer.from(
    JSON.stringify({
      id: 1,
      number: text,
      currency: 'EUR',
      date_created_gmt: text,
      billing: { email: text, first_name: text },
      line_items: [{ sku: text, name: text, quantity: 1, total: text }],
    }),
  );

/** Whatever reads text that a stranger sends. Each may refuse it, quickly. */
const parsers: Record<string, (text: string) => unknown> = {
  Accept: chooseFormats,
  'Accept-Encoding': (text) => ask({ 'accept-encoding': headerText(text) }),
  Cookie: (text) => ask({ cookie: `wl.session_token=${headerText(text)}` }),
  Range: (text) => parseRange(text, 1_000_000),
  'Range of many digits': (text) => parseRange(`bytes=1${text}-9${text}`, 1_000_000),
  'an address of a client': canonicalAddress,
  'an address for mail': checkAddress,
  'a name': checkName,
  'a line somebody typed': (text) => typedLine(200).safeParse(text),
  'a file name': cleanFileName,
  'a file name to download as': attachmentHeader,
  'a place in a list': (text) => tried(() => parsePlace(text, {}, 'secret')),
  'a place in the live stream': parseCursor,
  'the name of an upload': (text) => uploadIdOf('secret', text),
  'a search': (text) => orderFilter({ shopId: 'shop', tab: 'all', search: normalSearch(text) }),
  'an amount': (text) => parseMinor(text, 'EUR'),
  'a time': parseWhen,
  'an exported cell': writeCell,
  'a cell as it was exported': unguardCell,
  'an order over REST': (text) =>
    receivedOrder.safeParse({
      customer: { name: text, email: text },
      currency: text,
      note: text,
      placedAt: text,
      lines: [{ sku: text, title: text, quantity: 1, unitMinor: 1 }],
    }),
  'an order of Shopify': (text) => readShopOrder('shopify', shopify(text)),
  'an order of WooCommerce': (text) => readShopOrder('woocommerce', woocommerce(text)),
  'a message that is no order': (text) => readShopOrder('shopify', Buffer.from(text)),
  'a file': (text) => tried(() => readFile(bytesOf(text))),
  'a header line': (text) => tried(() => readFile(bytesOf(`${text}\n1,2,3\n`))),
  'a cell': (text) => tried(() => csv(text)),
  'the text of a file': async (text) => {
    for await (const _piece of (await decodeText(bytesOf(text))).text);
  },
};
const tried = async (work: () => unknown) => {
  try {
    await work();
  } catch {
    // refused: only the time is looked at
  }
};

const UNITS = [
  ' ',
  '\t',
  ',',
  ';',
  '"',
  '=',
  'a',
  '.',
  '@',
  '-',
  '0',
  '9',
  '%',
  ':',
  '/',
  '\\',
  '(',
  '[',
  '{"a":',
  'é',
  '\u00a0',
  '\n',
  '\r\n',
  '""',
  'a ',
  ' a',
  ', ',
  '; ',
  ' ;',
  'a,',
  '1:',
  '::',
  ';q=0',
  'W/',
  '0-',
  'a@',
  'a.',
  '-.',
  '%20',
  '=?',
  '+',
  "'",
  'a1,',
];
/** Four times what Node takes as headers. What takes a millisecond by the letter takes minutes by its square. */
const LENGTH = 64 * 1024;
/**
 * Of the processor's time, in ms, which other work on the machine does not lengthen. The slowest, a file of blank
 * lines, takes half of it.
 */
const MOST_MS = 2_000;
const worked = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

test.each(Object.entries(parsers))('%s: long text that repeats itself is read in linear time', async (_name, parse) => {
  for (const unit of UNITS)
    for (const [before, after] of [
      ['', ''],
      ['a', 'b'],
      ['"', '!'],
    ]) {
      const text = before + unit.repeat(Math.ceil(LENGTH / unit.length)) + after;
      const begun = worked();
      await parse(text);
      expect(worked() - begun, JSON.stringify([before, unit, after])).toBeLessThan(MOST_MS);
    }
});
