/** What this process was given: its children get the same, with their own addresses on top. */
export const ownEnvironment = (): NodeJS.ProcessEnv => process.env;
