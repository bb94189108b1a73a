import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import { writeLog } from './write-log.mjs';

/** Prisma's schema engine, compiled to WebAssembly and ready. */
export async function loadEngine() {
  // A panic traps the WebAssembly and its promise never settles; Node would then exit 0 and Prisma read silence as
  // success. The native engine exits 101.
  /** @type {any} */ (globalThis).PRISMA_WASM_PANIC_REGISTRY = {
    set_message(/** @type {string} */ message) {
      writeLog('ERROR', message, { is_panic: true });
      process.exit(101);
    },
  };
  // The package's own entry would fetch the file by URL, which Node does not do for file addresses.
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const file = entry.replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return engine;
}
