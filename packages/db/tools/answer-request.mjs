import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { adapterFactory } from './adapter-factory.mjs';
import { createDatabase, databaseOf, withDatabase } from './database-url.mjs';

/**
 * Where the engine's method is not simply called by its name. It gives `evaluateDataLoss` and `createMigration` no shadow database;
 * `devDiagnostic` has one, and leaves the schema of the migrations in the engine's cache, where both then find it.
 */
const METHODS = {
  getDatabaseVersion: (engine) => engine.version(null),
  evaluateDataLoss: async (engine, params) => {
    await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
    return engine.evaluateDataLoss(params);
  },
  createMigration: async (engine, params) => {
    await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
    return engine.createMigration(params);
  },
};

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
    const engine = await wasm.SchemaEngine.new({ datamodels: args.datamodels }, () => {}, factory);
    const result = METHODS[method] ? await METHODS[method](engine, params) : await engine[method](params);
    // The native engine prints a diff through a request of its own; its id only has to differ from the command line's.
    const print = method === 'diff' && result?.stdout
      ? [{ id: 100_000 + id, jsonrpc: '2.0', method: 'print', params: { content: result.stdout } }]
      : [];
    return [...print, answer(id, result ?? null)];
  } catch (error) {
    return [failure(id, error, factory)];
  } finally {
    await connections.closeAll();
  }
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
      data: { is_panic: false, message, meta: error.meta ?? known?.meta ?? null, error_code: error.code ?? known?.error_code ?? null },
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
