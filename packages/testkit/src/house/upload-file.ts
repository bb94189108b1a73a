import type { OrderImport } from '@windlass/capabilities/orders/intake-contract';
import { until } from '@windlass/testkit/until';
import type { House } from './start-house.ts';
import { type Answer, dataOf, type Visitor } from './visitor.ts';

export const CSV_COLUMNS = 'reference,name,email,currency,sku,title,quantity,unit_price';
export const csvLine = (reference: string, rest = 'Ada,ada@example.com,EUR,MUG,A mug,1,9.00'): string =>
  `${reference},${rest}`;
export const csvFile = (...lines: string[]): string => [CSV_COLUMNS, ...lines, ''].join('\n');

type Wish = { name?: string; headers?: Record<string, string> };

/** POST of a file, as the screen sends it. */
export async function postFile(
  house: House,
  visitor: Visitor,
  body: string | Uint8Array | ReadableStream,
  { name = 'orders.csv', headers = {} }: Wish = {},
): Promise<Answer> {
  const response = await fetch(`${house.server.url}/api/orders/imports`, {
    method: 'POST',
    headers: {
      cookie: visitor.cookie,
      'content-type': 'text/csv',
      'x-file-name': encodeURIComponent(name),
      ...headers,
    },
    body,
    duplex: 'half',
  } as RequestInit);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Uploads a file that can be read and answers its report. */
export async function uploadFile(
  house: House,
  visitor: Visitor,
  body: string | Uint8Array,
  wish?: Wish,
): Promise<OrderImport> {
  const answer = await postFile(house, visitor, body, wish);
  if (answer.status !== 201) throw new Error(`the file was answered ${answer.status}: ${answer.text}`);
  const { id } = JSON.parse(answer.text) as { id: string };
  return dataOf(await visitor.query('orders.import', { id }));
}

/** Asks for the import and waits until the worker has written it. */
export async function importFile(visitor: Visitor, id: string, which: 'all' | 'good' = 'all'): Promise<OrderImport> {
  dataOf(await visitor.mutate('orders.startImport', { id, which }));
  return until(
    'the import',
    async () => {
      const report = dataOf(await visitor.query('orders.import', { id }));
      if (report.job?.state === 'failed') throw new Error(`the import failed: ${report.job.errorSentence}`);
      return report.state === 'imported' && report;
    },
    60_000,
  );
}
