/** What this process was given: its children get the same, with their own addresses on top. */
export const ownEnvironment = (): NodeJS.ProcessEnv => process.env;

/** Whether the tests' PostgreSQL is there: `npm run faults` has none. */
export const hasTestDatabase = (): boolean => process.env.TEST_DATABASE_URL !== undefined;
