/**
 * Fills an empty database with a demo shop; with --empty, and where others can reach the house, only with a shop and
 * its first admin. Says how to sign in.
 */
import { randomBytes } from 'node:crypto';
import { seedsInTurn } from '@windlass/capabilities/kit/demo-shop';
import { openDatabase } from '@windlass/db/open-database';
import { openStorage } from '@windlass/storage/open-storage';
import { closeDemoAccounts, DEMO_PASSWORD, demoPeople, isOnlyHere } from './demo/demo-people.ts';
import { readServerEnv } from './env.ts';
import { plugs } from './plugs.ts';
import { seedShop } from './seed/seed-shop.ts';

const env = readServerEnv();

const onlyHere = isOnlyHere(env);
const empty = process.argv.includes('--empty') || !onlyHere;
const database = openDatabase({
  url: env.DATABASE_URL,
  poolSize: 2,
  applicationName: 'windlass seed',
  report: (error) => console.error(error.message),
});
const storage = openStorage(env.STORAGE_URL);
try {
  const known = await database.sql.row<{ demo: boolean }>(
    'any-shop',
    `select exists (select 1 from app_user where email = $1) as demo from shop limit 1`,
    [demoPeople[0]!.email],
  );
  const closed = onlyHere ? [] : await closeDemoAccounts(database);
  const admin = closed.find(({ email }) => email === demoPeople[0]!.email);
  if (admin)
    console.log(
      `sign-in: Others can reach this house, so the demo’s passwords are gone. Sign in as ${admin.email} with password ${admin.password} (shown once: keep it)`,
    );
  if (known?.demo && onlyHere)
    console.log(`sign-in: Sign in as ${demoPeople[0]!.email} with password ${DEMO_PASSWORD}`);
  if (!known && empty) {
    const password = randomBytes(9).toString('base64url');
    await seedShop(database, {
      name: 'My shop',
      people: [{ name: 'Admin', email: 'admin@windlass.test', role: 'admin', password }],
    });
    console.log(`sign-in: Sign in as admin@windlass.test with password ${password} (shown once: keep it)`);
  }
  if (!known && !empty) {
    const seeds = seedsInTurn(plugs);
    console.log(`making a demo shop: ${seeds.map(({ makes }) => makes).join(', ')}`);
    const shopId = await seedShop(database, { name: 'Paper & Signal', people: demoPeople });
    for (const { fill } of seeds) await fill({ database, storage, shopId });
    console.log(`sign-in: Sign in as ${demoPeople[0]!.email} with password ${DEMO_PASSWORD}`);
  }
} finally {
  await storage.close();
  await database.close();
}
