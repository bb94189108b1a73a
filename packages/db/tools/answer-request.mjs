import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { adapterFactory } from './adapter-factory.mjs';
import { compareMigrations } from './compare-migrations.mjs';
import { createDatabase, databaseOf, withDatabase } from './database-url.mjs';

/**
 * Where the engine's method is not simply called by its name. It gives `evaluateDataLoss` and `createMigration` no
 * shadow database;
 * `devDiagnostic` has one, and leaves the schema of the migrations in the engine's cache, where both then find it.
 */
const METHODS = {
  getDatabaseVersion: ({ engine }) => engine.version(null),
  evaluateDataLoss: async ({ engine, compare }, params) => {
    await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
    const evaluated = await engine.evaluateDataLoss(params);
    const script = await compare(params);
    if (script === null) return { migrationSteps: 0, warnings: [], unexecutableSteps: [] };
    return { ...evaluated, warnings: evaluated.warnings.filter(({ message }) => isDue(message, script)) };
  },
  createMigration: async ({ engine, compare }, params) => {
    await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
    const created = await engine.createMigration(params);
    return { ...created, migrationScript: (await compare(params)) ?? (params.draft ? EMPTY : null) };
  },
};

const NEW_UNIQUE = /^A unique constraint covering the columns `\[(.*?)\]` on the table `(.*?)` will be added/;

/**
 * The engine warns of each unique index that it would make; those that it only does not see (compare-migrations.mjs)
 * are not made, and are no warning.
 */
function isDue(message, script) {
  const [, columns, table] = NEW_UNIQUE.exec(message) ?? [];
  if (columns === undefined) return true;
  const named = columns
    .split(',')
    .map((column) => `"${column}"`)
    .join(', ');
  return script
    .split('\n')
    .some((line) => line.startsWith('CREATE UNIQUE INDEX') && line.includes(` ON "${table}"(${named})`));
}

/** What Prisma writes where a migration is asked for and nothing has changed. */
const EMPTY = '-- This is an empty migration.';

/**
 * Answers one JSON-RPC request with the messages to write, the answer last. Never throws: a failure is an answer.
 * @param {any} wasm the loaded engine
 * @param {{ datasource: { url: string, shadowDatabaseUrl?: string }, datamodels?: [string, string][] }} args
 * @param {{ id: number, method: string, params?: any }} request
 */
export async function answerRequest(wasm, args, { id, method, params = {} }) {
  const connections = adapterFactory(args.datasource);
  const factory = bindMigrationAwareSqlAdapterFactory(connections);
  try {
    if (method === 'createDatabase') {
      const url = params.datasource?.url ?? args.datasource.url;
      await createDatabase(withDatabase(url, 'postgres'), databaseOf(url));
      return [answer(id, { databaseName: databaseOf(url) })];
    }
    // A new engine for each: one that has applied migrations refuses a second shadow database.
    const engine = await wasm.SchemaEngine.new({ datamodels: args.datamodels ?? modelsIn(params) }, () => {}, factory);
    const compare = (compared) => compareMigrations(wasm, args.datasource, compared);
    const result = METHODS[method] ? await METHODS[method]({ engine, compare }, params) : await engine[method](params);
    // The native engine prints a diff through a request of its own; its id only has to differ from the command line's.
    const print =
      method === 'diff' && result?.stdout
        ? [{ id: 100_000 + id, jsonrpc: '2.0', method: 'print', params: { content: result.stdout } }]
        : [];
    return [...print, answer(id, result ?? null)];
  } catch (error) {
    return [failure(id, error, factory)];
  } finally {
    await connections.closeAll();
  }
}

/**
 * The models a request speaks of, as the engine takes them. It reads from them which preview features are on, and
 * without
 * `partialIndexes` sees no partial index in a database: `migrate dev` would make them all anew.
 */
function modelsIn({ schema }) {
  return schema?.files?.map(({ path, content }) => [path, content]);
}

function answer(id, result) {
  return { id, jsonrpc: '2.0', result };
}

/** The form in which the command line looks for a Prisma error code, here or inside a message that is JSON itself. */
function failure(id, error, factory) {
  const known = parseOrUndefined(error.message);
  // An error of the adapter reaches us as a number; the adapter kept the error itself.
  const kept = typeof error.id === 'number' ? factory.errorRegistry.consumeError(error.id)?.error : undefined;
  const message = kept ? String(kept.message ?? kept) : (error.message ?? String(error));
  return {
    id,
    jsonrpc: '2.0',
    error: {
      code: 4466,
      message: 'An error happened. Check the data field for details.',
      data: {
        is_panic: false,
        message,
        meta: error.meta ?? known?.meta ?? null,
        error_code: error.code ?? known?.error_code ?? null,
      },
    },
  };
}

function parseOrUndefined(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
