import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { openStorage } from '@windlass/storage/open-storage';
import { approveOrders } from '../client/approve-orders.ts';
import { signIn } from '../client/sign-in.ts';
import { checkStorage, ORPHANS } from '../checkers/check-storage.ts';
import { checkStrikes } from '../checkers/check-strikes.ts';
import { only } from '../entry.ts';
import type { History } from '../history.ts';
import { defineScenario } from '../scenario.ts';
import { isWhole } from '../stack/object-bytes.ts';
import { makeSmallDisk, type SmallDisk } from '../stack/small-disk.ts';
import type { Stack } from '../stack/start-stack.ts';
import { untilSettled } from '../stack/until-settled.ts';

const WRITER = path.join(import.meta.dirname, '..', 'stack', 'put-objects.ts');
const COUNTED = 'select downloads as n from download_link where order_id = $1';
const KILL = 'kill -9 in the middle of a write';

export const storage = defineScenario({
  name: 'storage',
  row: 17,
  promise:
    'A store that dies, fills up or turns read-only never shows half an object, says why, and costs no customer a download',
  caveat:
    'On disk. There is no upload by HTTP yet: what a route would answer with 507 or 503 is the store’s own FULL, READ_ONLY, UNAVAILABLE.',
  full: { kills: 40, megabytes: 64 },
  small: { kills: 4, megabytes: 16 },

  async run({ size, history, nemesis, startStack }) {
    const stack = await startStack({ durable: false });
    const disk = makeSmallDisk(path.join(stack.folder, 'disk'), size.megabytes);
    try {
      history.write({ what: 'noted', text: disk.how });
      for (let i = 0; i < size.kills; i += 1) {
        const writer = startWriter(disk, history, `killed-${i}`);
        await writer.began;
        await nemesis.pause(5, 250);
        await nemesis.strike(KILL, 'writer', writer.kill);
        lookAtAll(disk, history);
        fs.rmSync(path.join(disk.folder, 'faults'), { recursive: true, force: true }); // room for the next
      }
      history.write({ what: 'measured', name: ORPHANS, value: await countOrphans(disk) });
      await write(disk, history, { part: 'full', until: 'FULL' });
      const possible = disk.readOnly(true);
      history.write({ what: 'measured', name: 'read-only', value: Number(possible) });
      if (possible) await write(disk, history, { part: 'read-only', until: 'READ_ONLY' });
      disk.readOnly(false);
    } finally {
      disk.remove();
    }
    await downloadAroundLoss(stack, history);
  },

  check: (entries, { kills }) => [
    ...checkStrikes(only(entries, 'struck'), { [KILL]: kills }),
    ...checkStorage(entries),
  ],
});

/** What killed writers have left, made ten minutes older and looked for after the store's own sweep. */
async function countOrphans(disk: SmallDisk): Promise<number> {
  const folder = path.join(disk.folder, '.unfinished');
  const then = new Date(Date.now() - 10 * 60_000);
  for (const name of fs.readdirSync(folder)) fs.utimesSync(path.join(folder, name), then, then);
  const store = openStorage(pathToFileURL(disk.folder).href);
  await store.probe();
  await store.close();
  return fs.readdirSync(folder).length;
}

/** The writing program; everything it says is a line of the history. */
function startWriter(disk: SmallDisk, history: History, part: string) {
  const [file, ...args] = disk.wrap([process.execPath, WRITER, pathToFileURL(disk.folder).href, part]);
  const child = fork(args.at(0) === WRITER ? WRITER : args[0]!, args.slice(1), { execPath: file, execArgv: [] });
  const exited = once(child, 'exit');
  let last = '';
  child.on('message', (said: { key: string; outcome: string }) => {
    last = said.outcome;
    history.write({ what: 'put', part: part.replace(/-\d+$/, ''), ...said });
  });
  return {
    began: once(child, 'message'),
    last: () => last,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.send('stop');
      await exited;
    },
  };
}

/** Lets it write until the store has said this word a few times. */
async function write(
  disk: SmallDisk,
  history: History,
  { part, until }: { part: string; until: string },
): Promise<void> {
  const writer = startWriter(disk, history, part);
  for (const deadline = Date.now() + 20_000; writer.last() !== until && Date.now() < deadline;) await sleep(20);
  await sleep(200);
  await writer.stop();
  lookAtAll(disk, history);
}

/** What another program would see: everything under an object's name, whole or not. */
function lookAtAll(disk: SmallDisk, history: History): void {
  const folder = path.join(disk.folder, 'faults');
  if (!fs.existsSync(folder)) return;
  for (const name of fs.readdirSync(folder)) {
    history.write({ what: 'seen', key: `faults/${name}`, whole: isWhole(fs.readFileSync(path.join(folder, name))) });
  }
}

/** A customer clicks while the file of his bundle is gone, and again when it is back. */
async function downloadAroundLoss(stack: Stack, history: History): Promise<void> {
  const cookie = await signIn(stack.url, stack.shop.admins[0]!);
  const [order] = await stack.placeOrders(1);
  await approveOrders([order!], { stack, history, cookie, part: 'download', clients: 1 });
  await untilSettled(stack, history);
  const mail = only(history.read(), 'mailed').find(({ to }) => to === order!.email);
  const address = `${stack.url}/api/download/secure/${stack.shop.bundleId}?token=${mail!.links[0]!.split('/').at(-1)}`;
  const download = async (part: string) => {
    const response = await fetch(address);
    await response.arrayBuffer();
    const row = await stack.database.sql.row<{ n: number }>('faults-downloads', COUNTED, [order!.id]);
    history.write({ what: 'downloaded', part, status: response.status, counted: row!.n });
  };
  const objects = path.join(stack.folder, 'objects', 'bundles');
  fs.renameSync(objects, `${objects}.away`);
  await download('lost');
  await download('lost');
  fs.renameSync(`${objects}.away`, objects);
  await download('back');
}
