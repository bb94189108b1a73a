import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { AUTH_SECRET, LINK_SECRET } from '@windlass/testkit/house/settings';
import type { House } from '@windlass/testkit/house/start-house';

/** The command, as who runs the house runs it. Answers what it says. */
export async function resealSecrets(house: House, env: { SEAL_KEYS: string; AUTH_SECRET?: string }): Promise<string> {
  const { databaseUrl, storageUrl } = house.common;
  const program = spawn(process.execPath, [path.join(import.meta.dirname, '../../src/reseal-secrets.ts')], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      STORAGE_URL: storageUrl,
      PUBLIC_URL: house.server.url,
      AUTH_SECRET,
      LINK_SECRET,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  program.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(program, 'close')) as [number];
  if (code !== 0) throw new Error(`reseal-secrets ended with ${code}: ${said}`);
  return said;
}
