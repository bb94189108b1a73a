/**
 * The address of the test server, as the application's role. Set by the global setup of the repository's
 * vitest.config.ts.
 */
export function readTestDatabaseUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url)
    throw new Error(
      'TEST_DATABASE_URL is not set: run vitest from the repository root, where its setup starts PostgreSQL.',
    );
  return url;
}
