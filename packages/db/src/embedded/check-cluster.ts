import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { StartFailure } from '../start-failure.ts';
import { type Runner, SYSTEM_PATH } from './runner.ts';

/** Refuses a cluster this PostgreSQL cannot open, before it is started: another user's, or another major version's. */
export function checkCluster(runner: Runner): void {
  const versionFile = path.join(runner.cluster, 'PG_VERSION');
  if (!fs.existsSync(runner.cluster)) return;
  const owner = fs.statSync(runner.cluster).uid;
  const user = runner.ids?.uid ?? process.getuid?.() ?? owner;
  if (owner !== user) {
    throw new StartFailure(
      `The database in ${runner.cluster} belongs to the user with id ${owner}, not ${user}: start as that user, ` +
        'or choose another folder with WINDLASS_DATA.',
    );
  }
  if (!fs.existsSync(versionFile)) return;
  const found = fs.readFileSync(versionFile, 'utf8').trim();
  const ours = majorVersion(runner);
  if (found !== ours) {
    throw new StartFailure(
      `The database in ${runner.cluster} was made by PostgreSQL ${found} and this build brings PostgreSQL ${ours}: ` +
        'carry it over with pg_dump from the older build, or move the folder away to begin anew.',
    );
  }
}

/** "18" from `postgres (PostgreSQL) 18.4`. */
function majorVersion(runner: Runner): string {
  const [file, args] = runner.wrap(path.join(runner.bin, 'postgres'), ['--version']);
  const printed = spawnSync(file, args, {
    ...runner.ids,
    cwd: '/',
    env: { PATH: SYSTEM_PATH },
    encoding: 'utf8',
  }).stdout;
  const major = /\s(\d+)/.exec(printed)?.[1];
  if (!major) throw new Error(`postgres --version printed: ${printed}`);
  return major;
}
