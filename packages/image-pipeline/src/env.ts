/** What the children inherit. Two arenas of glibc's malloc instead of eight a core: freed pictures go back instead of lying about. */
export const childEnvironment: NodeJS.ProcessEnv = { ...process.env, MALLOC_ARENA_MAX: '2' };
