import type { NewPerson } from '@windlass/auth/people';
import { replaceKnownPassword } from '@windlass/auth/replace-known-password';
import { isLoopbackName } from '@windlass/config/loopback';
import type { Database } from '@windlass/db/open-database';

/** Stands in the README: worth nothing as soon as somebody else can reach the house. */
export const DEMO_PASSWORD = 'windlass-demo';

/** One person for each role. */
export const demoPeople: Omit<NewPerson, 'shopId'>[] = [
  { name: 'Demo admin', email: 'demo@windlass.test', role: 'admin', password: DEMO_PASSWORD },
  { name: 'Demo operator', email: 'operator@windlass.test', role: 'operator', password: DEMO_PASSWORD },
  { name: 'Demo viewer', email: 'viewer@windlass.test', role: 'viewer', password: DEMO_PASSWORD },
];

/**
 * Is the house reached from this machine alone? Behind a proxy it listens on loopback and is public all the same: its
 * own address says so.
 */
export const isOnlyHere = ({ HOST, PUBLIC_URL }: { HOST: string; PUBLIC_URL: string }): boolean =>
  isLoopbackName(HOST) && isLoopbackName(new URL(PUBLIC_URL).hostname);

/** Where others can reach the house, the demo's people get passwords that nobody knows. Answers who got which. */
export const closeDemoAccounts = (database: Database): Promise<{ email: string; password: string }[]> =>
  replaceKnownPassword(
    database,
    demoPeople.map(({ email }) => email),
    DEMO_PASSWORD,
  );
