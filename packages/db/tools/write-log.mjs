/**
 * One line of the engine's log on stderr, in the form Prisma's command line reads: an ERROR's message is shown to the
 * person, and
 * `is_panic` and `error_code` decide how.
 * @param {'INFO' | 'ERROR'} level
 * @param {string} message
 * @param {{ is_panic?: boolean, error_code?: string }} [details]
 */
export function writeLog(level, message, details = {}) {
  const line = {
    timestamp: new Date().toISOString(),
    level,
    fields: { message, ...details },
    target: 'schema_engine::logger',
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
