import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { nowMs } from '../measure/clock.ts';

// The least a stream can be: one Hono route, one buffer shared by all readers, no session, no database. Its parent asks
// for events and for what the process uses.
const readers = new Set<ReadableStreamDefaultController<Uint8Array>>();
const encoder = new TextEncoder();
const app = new Hono();
app.get('/live', () => {
  let mine: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      mine = controller;
      readers.add(controller);
      controller.enqueue(encoder.encode('retry: 500\n\n'));
    },
    cancel: () => void readers.delete(mine),
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
});
serve({ fetch: app.fetch, port: Number(process.argv[2]), hostname: '127.0.0.1' }, () => process.send!('ready'));

process.on('message', ({ kind, count = 0 }: { kind: 'emit' | 'usage'; count?: number }) => {
  for (let i = 0; i < count; i += 1) {
    const bytes = encoder.encode(`id: ${'0'.repeat(60)}\ndata: {"topic":"orders","data":{"sentAt":${nowMs()}}}\n\n`);
    for (const reader of readers) reader.enqueue(bytes);
  }
  const { user, system } = process.cpuUsage();
  if (kind === 'usage')
    process.send!({ kind: 'usage', cpuMs: (user + system) / 1000, rssKb: process.memoryUsage.rss() / 1024 });
});
process.on('SIGTERM', () => process.exit(0));
