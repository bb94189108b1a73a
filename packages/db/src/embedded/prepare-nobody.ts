import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { StartFailure } from '../start-failure.ts';
import { NOBODY, type Runner } from './runner.ts';

/** Present in a data folder whose cluster lies elsewhere because `nobody` could not reach it. */
export function nobodyMarker(folder: string): string {
  return path.join(folder, 'pg.elsewhere');
}

/**
 * Puts the binaries (60 MB) and an empty home for the cluster where `nobody` can reach them: /var/lib, because systemd
 * sweeps /var/tmp. Called as root only.
 */
export function prepareNobody(folder: string, native: string): Runner {
  const base = `/var/lib/windlass-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  const data = path.join(base, 'data');
  try {
    fs.mkdirSync(base, { recursive: true, mode: 0o755 });
    copyBinaries(native, path.join(base, 'native'));
    setAsideOrphan(folder, base);
    fs.mkdirSync(data, { recursive: true, mode: 0o700 });
    fs.chownSync(data, NOBODY, NOBODY);
  } catch (error) {
    throw new StartFailure(
      `PostgreSQL refuses to run as root and ${base} could not be prepared for another user (${(error as Error).message}): ` +
        'start as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause: error },
    );
  }
  return {
    how: `as nobody under ${base}`,
    bin: path.join(base, 'native', 'bin'),
    cluster: path.join(data, 'pg'),
    passwords: path.join(base, 'pg.json'),
    wrap: (file, args) => [file, args],
    ids: { uid: NOBODY, gid: NOBODY },
  };
}

/** The mark is written last and names the source, so a half copy or another version is copied again. */
function copyBinaries(native: string, target: string): void {
  const mark = path.join(target, '.copied-from');
  if (fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === native) return;
  fs.rmSync(target, { recursive: true, force: true });
  fs.cpSync(native, target, { recursive: true, verbatimSymlinks: true });
  fs.writeFileSync(mark, native);
}

/**
 * Who empties the data folder means the database too, although it lies elsewhere. Folder and cluster share a token;
 * where the folder has lost it, the cluster is set aside, and only the latest one set aside is kept.
 */
function setAsideOrphan(folder: string, base: string): void {
  const mark = nobodyMarker(folder);
  const tokenFile = path.join(base, 'token');
  const token = fs.existsSync(tokenFile) ? fs.readFileSync(tokenFile, 'utf8') : undefined;
  if (token !== undefined && fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === token) return;
  if (fs.existsSync(path.join(base, 'data'))) {
    fs.rmSync(path.join(base, 'orphan'), { recursive: true, force: true });
    fs.mkdirSync(path.join(base, 'orphan'), { mode: 0o700 });
    for (const name of ['data', 'pg.json']) {
      if (fs.existsSync(path.join(base, name))) fs.renameSync(path.join(base, name), path.join(base, 'orphan', name));
    }
  }
  const fresh = randomUUID();
  fs.writeFileSync(tokenFile, fresh, { mode: 0o600 });
  fs.writeFileSync(mark, fresh, { mode: 0o600 });
}
