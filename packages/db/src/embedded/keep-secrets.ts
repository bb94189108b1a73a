import { randomBytes } from 'node:crypto';
import fs from 'node:fs';

/**
 * Random secrets (32 bytes, base64url) by name, made once and kept in a JSON file only its owner may read. Names that a
 * newer build adds are added to the file; the others keep their value. `write` says how a new one is written down,
 * where that is not as it is.
 */
export function keepSecrets<Name extends string>(
  file: string,
  names: readonly Name[],
  write: Readonly<Record<string, (secret: string) => string>> = {},
): Record<Name, string> {
  const kept: Record<string, string> = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
  const missing = names.filter((name) => !kept[name]);
  if (missing.length > 0) {
    for (const name of missing) {
      const secret = randomBytes(32).toString('base64url');
      kept[name] = write[name]?.(secret) ?? secret;
    }
    // Written beside and renamed: a crash never leaves half a file, which would lock the owner out of the database.
    const fresh = `${file}.${process.pid}`;
    fs.writeFileSync(fresh, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
    fs.renameSync(fresh, file);
  }
  return kept as Record<Name, string>;
}
