import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ownEnvironment } from '../env.ts';
import type { PlacedOrder, Shop } from './make-shop.ts';
import { root } from './start-program.ts';

/** A release of before, checked out and installed in a folder of its own. */
export type FormerRelease = {
  commit: string;
  root: string;
  /** Brings a database to its schema, with its own program. */
  migrate(databaseUrl: string): Promise<void>;
  /** With its own code: this release's writes columns that its schema has not. */
  makeShop(where: { databaseUrl: string; storageUrl: string }): Promise<Shop>;
  placeOrders(databaseUrl: string, shop: Shop, count: number): Promise<PlacedOrder[]>;
};

/** Where it is kept between runs: installing it takes half a minute. */
const folderOf = (commit: string) => path.join(root, '.data', 'faults', 'releases', commit);

/** The whole name of a commit; undefined where this clone has not got it, as a shallow one may not. */
export function findCommit(name: string): string | undefined {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** Its files beside ours, and its packages by its own bootstrap: from pnpm's store where that has them. */
export async function openFormerRelease(name: string): Promise<FormerRelease> {
  const commit = findCommit(name);
  if (commit === undefined) throw new Error(`This clone has no commit ${name}.`);
  const folder = folderOf(commit);
  if (!fs.existsSync(path.join(folder, 'package.json'))) {
    fs.mkdirSync(folder, { recursive: true });
    const files = execFileSync('git', ['archive', '--format=tar', commit], { cwd: root, maxBuffer: 2 ** 30 });
    execFileSync('tar', ['-x', '-C', folder], { input: files });
  }
  await run(folder, ['--eval', `import('./scripts/bootstrap.mjs').then(({ bootstrap }) => bootstrap())`], {
    npm_config_prefer_offline: 'true',
  });

  const load = (file: string) => import(pathToFileURL(path.join(folder, file)).href) as Promise<Former>;
  const [{ makeShop, placeOrders }, { openDatabase }, { openStorage }] = await Promise.all([
    load('apps/faults/src/stack/make-shop.ts'),
    load('packages/db/src/open-database.ts'),
    load('packages/storage/src/open-storage.ts'),
  ]);
  const withDatabase = async <T>(url: string, work: (database: Closable) => Promise<T>): Promise<T> => {
    const database = openDatabase({ url, poolSize: 2, applicationName: 'windlass faults, former', report: () => {} });
    return work(database).finally(() => database.close());
  };
  return {
    commit,
    root: folder,
    migrate: (databaseUrl) => run(folder, ['scripts/migrate.ts'], { DATABASE_URL: databaseUrl }),
    makeShop: ({ databaseUrl, storageUrl }) =>
      withDatabase(databaseUrl, async (database) => {
        const storage = openStorage(storageUrl);
        return makeShop(database, storage).finally(() => storage.close());
      }),
    placeOrders: (databaseUrl, shop, count) =>
      withDatabase(databaseUrl, (database) => placeOrders(database, shop, count)),
  };
}

type Closable = { close(): Promise<void> };
/** What is used of its modules, which this release's compiler does not see. */
type Former = {
  makeShop(database: Closable, storage: Closable): Promise<Shop>;
  placeOrders(database: Closable, shop: Shop, count: number): Promise<PlacedOrder[]>;
  openDatabase(options: object): Closable;
  openStorage(url: string): Closable;
};

async function run(cwd: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, args, { cwd, env: { ...ownEnvironment(), ...env }, stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${args.join(' ')} in ${cwd} ended with ${code}: see above`);
}
