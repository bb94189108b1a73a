import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { UploadPlan } from '@windlass/capabilities/artwork/contract';
import { findFreePort } from '@windlass/db/embedded/find-free-port';
import { amountOf, type Benchmark, type Figure } from '../benchmark.ts';
import { alternate } from '../measure/alternate.ts';
import { readTreeUsage } from '../measure/read-tree-usage.ts';
import { ratiosOf, spreadOf } from '../measure/spread.ts';
import { makeArtwork, ORDER_ID } from '../world/make-artwork.ts';
import { makeShop, signIn } from '../world/make-shop.ts';
import { openTestDatabase } from '../world/open-test-database.ts';
import { startProcess } from '../world/start-process.ts';
import { startServer } from '../world/start-server.ts';
import type { World } from '../world/world.ts';

export const upload: Benchmark = {
  name: 'upload',
  what:
    'A file of 512 MB sent as a page sends it: begun, by tus in pieces of 8 MB, finished (moved into storage, its header looked at, the artwork and its ' +
    'job written), on the real server with storage on disk. Memory is looked at 20 times a second, from the end of a first upload of 8 MB on. Its twin appends the same pieces to a file, and does nothing else.',
  run,
};

const PIECE = 8 * 1024 * 1024;
type Sample = { megabytesPerSecond: number; cpuMs: number; grownMb: number };

async function run(world: World): Promise<Figure[]> {
  const bytes = (world.small ? 16 : 512) * 1024 * 1024;
  const databaseUrl = await world.createDatabase();
  const eyes = openTestDatabase(world, databaseUrl);
  const shop = await makeShop(eyes, 'operator');
  await makeArtwork(eyes, []);
  const server = await startServer(world, { databaseUrl });
  const cookie = await signIn(server, shop);
  const port = await findFreePort();
  const bare = await startProcess(world, {
    program: 'apps/bench/src/upload/bare-receiver.ts',
    args: [String(port), path.join(world.createFolder(), 'bare')],
  });

  // A PDF is kept as it is: what is measured is the sending. Each one differs, as files do.
  const piece = Buffer.alloc(PIECE, 0x61);
  piece.write('%PDF-1.7\n');
  const mutate = async <Answer>(name: string, input: object): Promise<Answer> => {
    const answer = await fetch(`${server.url}/api/trpc/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(input),
    });
    if (!answer.ok) throw new Error(`${name} answered ${answer.status}: ${await answer.text()}`);
    return ((await answer.json()) as { result: { data: Answer } }).result.data;
  };
  const ours = async (size = bytes): Promise<void> => {
    const plan = await mutate<UploadPlan>('artwork.startUpload', {
      orderId: ORDER_ID,
      name: 'large.pdf',
      sizeBytes: size,
    });
    for (let at = 0; at < size; at += PIECE) {
      await patch(plan.url!, piece, {
        'tus-resumable': '1.0.0',
        'upload-offset': String(at),
        'content-type': 'application/offset+octet-stream',
      });
    }
    await mutate('artwork.finishUpload', { uploadId: plan.uploadId });
  };
  const twin = async (): Promise<void> => {
    for (let at = 0; at < bytes; at += PIECE) await patch(`http://127.0.0.1:${port}/`, piece, {});
  };
  await ours(PIECE); // loads the code; the heap is still as small as after one small file
  const first = await measure(server.pid, bytes, () => ours());
  await twin();
  const samples = await alternate(
    [
      { name: 'ours', round: () => measure(server.pid, bytes, () => ours()) },
      { name: 'twin', round: () => measure(bare.pid, bytes, twin) },
    ],
    Math.min(3, world.rounds),
    (name, sample) =>
      world.say(
        `  ${name} ${sample.megabytesPerSecond.toFixed(0)} MB/s, ${sample.cpuMs.toFixed(0)} ms CPU, ${sample.grownMb.toFixed(1)} MB grown`,
      ),
  );
  const of = (name: 'ours' | 'twin', figure: keyof Sample) => samples[name].map((sample) => sample[figure]);
  return [
    {
      what: 'memory grown while 512 MB come in',
      amount: { value: Math.max(first.grownMb, ...of('ours', 'grownMb')), unit: 'MB' },
      target: 'upload.memory',
    },
    {
      what: 'rate against bare',
      amount: amountOf(ratiosOf(of('ours', 'megabytesPerSecond'), of('twin', 'megabytesPerSecond')), 'x'),
    },
    {
      what: 'rate',
      amount: amountOf(spreadOf(of('ours', 'megabytesPerSecond')), 'MB/s'),
      twin: { what: 'bare', amount: amountOf(spreadOf(of('twin', 'megabytesPerSecond')), 'MB/s') },
    },
    {
      what: 'server CPU an upload',
      amount: amountOf(spreadOf(of('ours', 'cpuMs')), 'ms'),
      twin: { what: 'bare', amount: amountOf(spreadOf(of('twin', 'cpuMs')), 'ms') },
    },
  ];
}

async function patch(url: string, body: Buffer, headers: Record<string, string>): Promise<void> {
  const answer = await fetch(url, { method: 'PATCH', headers, body: new Uint8Array(body) });
  await answer.arrayBuffer();
  if (answer.status !== 204) throw new Error(`PATCH answered ${answer.status}`);
}

async function measure(pid: number, bytes: number, work: () => Promise<void>): Promise<Sample> {
  const residentMb = () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
  const before = residentMb();
  const cpu = readTreeUsage(pid).cpuMs;
  let most = before;
  const look = setInterval(() => (most = Math.max(most, residentMb())), 50);
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  clearInterval(look);
  return {
    megabytesPerSecond: bytes / 1024 / 1024 / seconds,
    cpuMs: readTreeUsage(pid).cpuMs - cpu,
    grownMb: most - before,
  };
}
