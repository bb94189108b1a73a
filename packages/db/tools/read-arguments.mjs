import { readFileSync } from 'node:fs';

/**
 * What Prisma's command line gives its engine:
 * `--datasource <json>`, `--datamodels <file>` any number of times, and `cli <command>` for the few that need no
 * conversation.
 * @param {string[]} argv
 */
export function readArguments(argv) {
  const valuesOf = (/** @type {string} */ name) =>
    argv.flatMap((word, index) => (word === name ? [argv[index + 1] ?? ''] : []));
  /** @type {{ url: string, shadowDatabaseUrl?: string }} */
  const datasource = JSON.parse(valuesOf('--datasource')[0] ?? '{}');
  /** @type {[path: string, text: string][]} */
  const datamodels = valuesOf('--datamodels').map((path) => [path, readFileSync(path, 'utf8')]);
  return {
    version: argv.includes('--version') || argv.includes('-V'),
    command: valuesOf('cli')[0],
    datasource,
    datamodels: datamodels.length > 0 ? datamodels : undefined,
  };
}
