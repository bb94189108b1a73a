// `npm start`: brings Windlass up on one machine, keeps it up, and takes it down in the reverse order. Written here
// rather than left to a process manager: the order, the readiness and what a killed start left behind are the point.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartFailure } from '../packages/db/src/start-failure.ts';
import { buildPages } from './up/build-pages.ts';
import { checkPorts } from './up/check-ports.ts';
import { createLauncher, type End } from './up/launch.ts';
import { makeEnvironment } from './up/make-environment.ts';
import { prepareDataFolder, writePidFile } from './up/prepare-data-folder.ts';
import { holdMessages } from './up/hold-messages.ts';
import { type Options, readOptions } from './up/read-options.ts';
import { resealSecrets } from './up/reseal-secrets.ts';
import { say } from './up/say.ts';
import { seedDatabase } from './up/seed-database.ts';
import { startDatabase } from './up/start-database.ts';
import { startPrograms } from './up/start-programs.ts';

const launcher = createLauncher(say);

async function bringUp(): Promise<void> {
  const options = readOptions(path.dirname(import.meta.dirname), process.argv.slice(2), process.env);
  await checkPorts(options, launcher);
  prepareDataFolder(options.data);

  // The pages need no database: they are built meanwhile.
  const pages = options.dev ? undefined : buildPages(options, launcher, process.env);
  // Awaited below. Where the database fails first, that is the reason to tell, and this one's abort is not.
  pages?.catch(() => {});
  const databaseUrl = await startDatabase(options.data, process.env.DATABASE_URL, launcher);
  await pages;

  launcher.onStop(writePidFile(options.data));
  const env = makeEnvironment(options, databaseUrl, process.env);
  const signIn = await seedDatabase(options, launcher, env);
  if (options.restored) await holdMessages(options, launcher, env);
  await startPrograms(options, launcher, env);
  sayReady(options, signIn);
  // Keys that the user gave, other machines have too: when all of them know one is for the user to say.
  if (env.SEAL_KEYS && !process.env.SEAL_KEYS) await resealSecrets(options, launcher, env);
}

function sayReady({ dev, ports }: Options, signIn: string | undefined): void {
  const { port } = dev ? ports.pages : ports.server;
  console.log(`\nWindlass is ready: http://127.0.0.1:${port}`);
  if (signIn) console.log(signIn);
}

/** A StartFailure is a sentence for the person; anything else is a fault of ours and keeps its stack. */
function endOf(error: unknown): End {
  const fault = error instanceof Error ? error : new Error(String(error));
  return { code: 1, sentence: fault instanceof StartFailure ? fault.message : fault.stack };
}

// A closed terminal takes no more lines; that must not keep the rest from being stopped.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
// Before anything is started, so that a stop while starting is a stop too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => launcher.end({ code: 0 }));

const up = bringUp().catch((error: unknown) => launcher.end(endOf(error)));
const { code, sentence } = await launcher.ended;
// A step under way gives up at its next turn; what it had started until then is registered by then.
await Promise.race([up, sleep(3_000, undefined, { ref: false })]);
await launcher.stopAll();
if (sentence) console.error(sentence);
else say('windlass', 'stopped');
process.exit(code);
