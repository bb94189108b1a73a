/**
 * What a program needs to start at all. Not the passwords of whoever started it: what decodes hostile files shall have
 * none to tell.
 */
const KEPT = [
  'PATH',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'TZ',
  'SystemRoot',
] as const;

/**
 * The environment of the children. Two arenas of glibc's malloc instead of eight a core: freed pictures go back instead
 * of lying about.
 */
export function childEnvironment(): NodeJS.ProcessEnv {
  const kept = KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(kept), MALLOC_ARENA_MAX: '2' };
}
