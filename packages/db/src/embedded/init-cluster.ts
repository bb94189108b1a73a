import fs from 'node:fs';
import path from 'node:path';
import { StartFailure } from '../start-failure.ts';
import { runProgram, whenEnded } from './run-program.ts';
import type { Runner } from './runner.ts';

/**
 * Makes the cluster where there is none, with `postgres` as its superuser. The built-in locale needs nothing from the
 * operating system. It is made beside and renamed: a killed initdb leaves a PG_VERSION that looks like a whole cluster.
 */
export async function initCluster(runner: Runner, superuserPassword: string): Promise<void> {
  if (fs.existsSync(path.join(runner.cluster, 'PG_VERSION'))) return;
  const fresh = `${runner.cluster}.new`;
  const passwordFile = `${runner.cluster}.password`;
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  if (runner.ids) fs.chownSync(passwordFile, runner.ids.uid, runner.ids.gid);
  const printed: string[] = [];
  try {
    const initdb = runProgram(
      runner,
      [
        'initdb',
        '--pgdata',
        fresh,
        '--username',
        'postgres',
        '--pwfile',
        passwordFile,
        '--auth',
        'scram-sha-256',
        '--encoding',
        'UTF8',
        '--locale-provider',
        'builtin',
        '--builtin-locale',
        'C.UTF-8',
        '--locale',
        'C',
        '--no-sync',
        '--no-instructions',
      ],
      (line) => printed.push(line),
    );
    const ended = await whenEnded(initdb);
    if (!ended.ok) {
      const reason = printed.findLast((line) => /error|fatal|could not/i.test(line)) ?? ended.how;
      throw new StartFailure(
        `A new database could not be made in ${runner.cluster} (${reason.trim()}): ` +
          "make room or mend the folder's rights, or set DATABASE_URL.",
      );
    }
    fs.renameSync(fresh, runner.cluster);
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
    fs.rmSync(passwordFile, { force: true });
  }
}
