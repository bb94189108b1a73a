import fs from 'node:fs';
import path from 'node:path';
import { StartFailure } from '../start-failure.ts';
import { findBinaries } from './find-binaries.ts';
import { nobodyMarker, prepareNobody } from './prepare-nobody.ts';
import { probeRunner } from './probe-runner.ts';
import { NOBODY, type Runner } from './runner.ts';

/** What root may do: a user namespace where the kernel allows one, else the user `nobody` with copied binaries. */
export type RootWay = 'namespace' | 'nobody';

/**
 * PostgreSQL refuses to run as uid 0, so root needs another way. In a user namespace the server is still root's process
 * outside (it may read a checkout under a 0700 folder), but inside it is `nobody`: nothing is copied, chowned or
 * created. Containers often forbid namespaces; there it runs as the real `nobody`, which needs binaries and data it can
 * reach.
 */
export function chooseRunner(folder: string, rootWay?: RootWay): Runner {
  const native = findBinaries();
  const plain: Runner = {
    how: 'as this user',
    bin: path.join(native, 'bin'),
    cluster: path.join(folder, 'pg'),
    passwords: path.join(folder, 'pg.json'),
    wrap: (file, args) => [file, args],
  };
  if (process.getuid?.() !== 0) return requireRunning(plain, folder);

  const namespaced: Runner = {
    ...plain,
    how: 'in a user namespace',
    wrap: (file, args) => ['unshare', ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--', file, ...args]],
  };
  const wasNobody = fs.existsSync(nobodyMarker(folder));
  if (rootWay !== 'nobody' && !wasNobody && probeRunner(namespaced, folder).runs) return namespaced;

  if (fs.existsSync(plain.cluster)) {
    throw new StartFailure(
      `The database in ${plain.cluster} cannot be opened by root on this machine: start as the user who owns it, ` +
        'or choose another folder with WINDLASS_DATA.',
    );
  }
  const nobody = prepareNobody(folder, native);
  return requireRunning(nobody, path.dirname(nobody.cluster));
}

function requireRunning(runner: Runner, folder: string): Runner {
  const probe = probeRunner(runner, folder);
  if (probe.runs) return runner;
  throw new StartFailure(
    `PostgreSQL cannot run ${runner.how} (${probe.reason}): move the checkout to a folder its user may enter and execute from, ` +
      'or set DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}
