import { readSession } from '@windlass/auth/read-session';
import { mayActAs } from '@windlass/auth/roles';
import { isSameOriginPost } from '@windlass/auth/same-origin';
import { type Context, Hono } from 'hono';
import { answerError, answerThrown, type HttpEnv } from '../../kit/http.ts';
import { recordAudit } from '../../kit/record-audit.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { listInput } from '../contract.ts';
import { MOST_BYTES } from '../csv/columns.ts';
import { writeTemplate } from '../csv/write-template.ts';
import type { uploadAnswer } from '../intake-contract.ts';
import type { z } from 'zod';
import { checkFile } from './check-file.ts';
import { exportOrders } from './export-orders.ts';

const csv = (name: string) => ({
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': `attachment; filename="${name}"`,
  'cache-control': 'no-store',
});

/** Orders as files, for signed-in people: POST /api/orders/imports, GET /orders/export.csv, GET /orders/template.csv */
export function orderFileRoutes({ database, settings }: ServerServices, { secret }: { secret: string }): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.onError((error, c) => answerThrown(c, error));
  const refuse = (c: Context<HttpEnv>, status: number, [code, message]: [string, string]) =>
    answerError(c, { status, code, message });

  for (const path of ['/api/orders/imports', '/orders/export.csv', '/orders/template.csv'])
    app.use(path, async (c, next) => {
      const person = await readSession(c, database.sql, { baseUrl: settings.publicUrl, secret });
      if (!person) return refuse(c, 401, ['SIGN_IN', 'Sign in first.']);
      if (!mayActAs(person.role, 'operator'))
        return refuse(c, 403, [
          'ROLE',
          `This needs the role operator; yours is ${person.role}. An admin can change it in Settings.`,
        ]);
      c.set('person', person);
      return next();
    });

  app.get('/orders/template.csv', (c) => c.body(writeTemplate(), 200, csv('orders-template.csv')));

  app.get('/orders/export.csv', async (c) => {
    const { shopId, id } = c.get('person');
    const input = listInput
      .pick({ tab: true, search: true, placed: true })
      .safeParse({ tab: c.req.query('tab') ?? 'all', search: c.req.query('q') || undefined, placed: spanIn(c) });
    if (!input.success) return refuse(c, 422, ['INVALID', 'There is no such list.']);
    const { tab, search, placed } = input.data;
    await recordAudit(database.sql, {
      shopId,
      actor: { kind: 'person', id },
      action: 'orders.export',
      subject: shopId,
      data: { tab, searched: Boolean(search), ...placed },
      requestId: c.get('requestId'),
    });
    const rows = exportOrders(database.sql, { shopId, tab, search: search?.toLowerCase() || undefined, placed });
    const name = `orders-${tab}-${new Date().toISOString().slice(0, 10)}.csv`;
    return c.body(toStream(rows), 200, csv(name));
  });

  app.post('/api/orders/imports', async (c) => {
    // A form of another site cannot say text/csv, and its script must ask first.
    if (!isSameOriginPost(c, settings.publicUrl, /^text\/csv\b/i))
      return refuse(c, 403, ['CROSS_SITE', 'Changes are accepted from this site’s own pages only.']);
    if (Number(c.req.header('content-length') ?? 0) > MOST_BYTES)
      return refuse(c, 413, ['FILE_TOO_LARGE', 'A file may have at most 10 MB. Split it into several files.']);
    const reader = c.req.raw.body?.getReader();
    try {
      const answer: z.infer<typeof uploadAnswer> = await checkFile(database, c.get('person'), {
        name: fileName(c.req.header('x-file-name')),
        bytes: piecesOf(reader),
      });
      return c.json(answer, 201);
    } catch (error) {
      await dropTheRest(reader);
      throw error;
    }
  });
  return app;
}

/** `?from=…&before=…`, moments as the list's own procedure takes them; undefined: neither. */
function spanIn(c: Context<HttpEnv>): { from?: string; before?: string } | undefined {
  const { from, before } = c.req.query();
  return from || before ? { ...(from && { from }), ...(before && { before }) } : undefined;
}

/** A piece whenever the reader takes one; a reader that leaves ends it. */
function toStream(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(stream) {
      const next = await pieces.next();
      if (next.done) stream.close();
      else stream.enqueue(encoder.encode(next.value));
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
}

/** As the browser names it, percent-encoded; shown to people, and used for nothing. */
function fileName(header: string | undefined): string {
  try {
    const name = decodeURIComponent(header ?? '')
      .toWellFormed()
      .normalize('NFC')
      .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
      .trim();
    return name.slice(0, 200).toWellFormed() || 'orders.csv';
  } catch {
    return 'orders.csv'; // not percent-encoded: it is only a name
  }
}

type Reader = ReadableStreamDefaultReader<Uint8Array> | undefined;

async function* piecesOf(reader: Reader): AsyncGenerator<Uint8Array> {
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) yield piece.value;
}

/**
 * A browser that is still sending does not hear an answer: what is left is read and dropped, as far as a file may be
 * long.
 */
async function dropTheRest(reader: Reader): Promise<void> {
  let size = 0;
  for await (const piece of piecesOf(reader)) {
    size += piece.length;
    if (size > MOST_BYTES) return;
  }
}
