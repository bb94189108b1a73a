import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { adapterFactory } from './adapter-factory.mjs';

/**
 * The SQL that leads from what the migrations make to what the models say; null where that is the same. The engine's
 * own comparison reads the database it has tried the migrations in without the models' preview features: it sees no
 * partial index there, and makes them all anew. Here that database is the engine's first one, which it reads with them.
 * @param {any} wasm the loaded engine
 * @param {{ url: string, shadowDatabaseUrl?: string }} datasource
 * @param {any} params of `createMigration` or `evaluateDataLoss`
 * @returns {Promise<string | null>}
 */
export async function compareMigrations(wasm, datasource, { migrationsList, schema, filters }) {
  const connections = adapterFactory(datasource);
  try {
    const shadow = await connections.connectToShadowDb();
    const directories = [...migrationsList.migrationDirectories].sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const { migrationFile } of directories) await shadow.executeScript(migrationFile.content.value);
    const datamodels = schema.files.map(({ path, content }) => [path, content]);
    const factory = bindMigrationAwareSqlAdapterFactory({ ...connections, connect: async () => shadow });
    const engine = await wasm.SchemaEngine.new({ datamodels }, () => {}, factory);
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', ...schema, configDir: '' },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: true,
      shadowDatabaseUrl: null,
      filters,
    });
    return exitCode === 0 ? null : stdout;
  } finally {
    await connections.closeAll();
  }
}
