import type { Database } from '@windlass/db/open-database';
import { type DemoBundle, demoBundles } from '../../approvals/seed/demo-bundles.ts';
import { receiveOrder } from '../operations.ts';

/** Studios and shops, not people; the domain is reserved and goes nowhere. */
const customers = [
  'Harbour Print Studio',
  'Northlight Design',
  'Little Acorn Press',
  'Café Möwe',
  'Studio Øst',
  'Blue Door Books',
  'Fern & Field',
  'Atelier Châtaigne',
  'The Paper Mill',
  'Gravel Road Audio',
  'Kestrel Pictures',
  'Lumen Type',
  'Orchard Lane Gifts',
  'Saltwater Films',
  'Tin Roof Records',
  'Willow Stationery',
  'Quarry Sound',
  'Second Storey Theatre',
  'Moss & Stone',
  'Copper Kettle Radio',
];
const notes = [
  'Please send before Friday, we go to print.',
  'For a school project.',
  'Second order this month, thank you!',
  'Invoice to the same address as last time.',
];

const HOURS_APART = 3;

/**
 * Forty orders over the last five days, the newest first in line; every one waits for approval. Customers have their
 * addresses at `domain`.
 */
export async function seedOrders(database: Database, shopId: string, domain = 'example.com'): Promise<void> {
  const now = Date.now();
  for (let i = 0; i < 40; i += 1) {
    const name = customers[(i * 7) % customers.length]!;
    const lines = linesFor(i);
    await database.transaction((tx) =>
      receiveOrder(tx, shopId, {
        source: 'demo',
        reference: `WEB-${7300 + i}`,
        customer: { name, email: `${asciiWord(name)}@${domain}` },
        currency: 'EUR',
        ...(i % 6 === 2 && { note: notes[(i / 2) % notes.length]! }),
        placedAt: new Date(now - (40 - i) * HOURS_APART * 3_600_000 + ((i * 37) % 60) * 60_000).toISOString(),
        lines,
      }),
    );
  }
}

function linesFor(i: number) {
  const first = demoBundles[i % demoBundles.length]!;
  const second = demoBundles[(i * 3 + 1) % demoBundles.length]!;
  const lines = [lineOf(first)];
  if (i % 3 === 1 && second !== first) lines.push(lineOf(second));
  if (i % 11 === 5)
    lines.push({ sku: 'REC-WINTER', title: 'Field recordings: winter (pre-order)', quantity: 1, unitMinor: 4900 });
  return lines;
}

const lineOf = (bundle: DemoBundle) => ({
  sku: bundle.sku,
  title: bundle.name,
  quantity: 1,
  unitMinor: bundle.priceMinor,
});

const asciiWord = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ø/gi, 'o')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
