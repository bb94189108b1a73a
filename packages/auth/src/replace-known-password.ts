import { randomBytes } from 'node:crypto';
import type { Database } from '@windlass/db/open-database';
import { checkPassword } from './passwords.ts';
import { setPassword } from './people.ts';

const CREDENTIALS = `select u.id, u.email, a.password from app_user u join account a on a.user_id = u.id
  and a.provider_id = 'credential' where u.email = any($1) and a.password is not null`;

/**
 * Gives each of these people a new random password where theirs is `known`, and ends their sessions. Answers who got
 * which: it is kept nowhere else.
 */
export async function replaceKnownPassword(
  database: Database,
  emails: readonly string[],
  known: string,
): Promise<{ email: string; password: string }[]> {
  const replaced: { email: string; password: string }[] = [];
  for (const person of await database.sql.rows<{ id: string; email: string; password: string }>(
    'read-credentials',
    CREDENTIALS,
    [emails],
  )) {
    if (!(await checkPassword({ lane: 'known', from: person.id }, person.password, known))) continue;
    const password = randomBytes(12).toString('base64url');
    await database.transaction((tx) => setPassword(tx, person.id, password));
    replaced.push({ email: person.email, password });
  }
  return replaced;
}
