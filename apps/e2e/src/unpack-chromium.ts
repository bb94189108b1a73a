import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser } from './browser.ts';

/**
 * Unpacks the Chromium of @sparticuz/chromium (211 MB, 2 s, once) into a folder of our own. It is made for Lambda: only where it
 * believes to be there does it unpack the libraries and fonts that a bare machine lacks. It unpacks to the temporary folder, where it
 * trusts whatever another user or a killed run has left under its name; hence our own folder, and a mark when all of it is there.
 */
export async function unpackChromium(): Promise<Browser> {
  const folder = path.join(import.meta.dirname, '..', '..', '..', '.data', `chromium-${versionOf('@sparticuz/chromium')}`);
  const mark = path.join(folder, '.complete');
  if (!fs.existsSync(mark)) fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });

  const { executablePath, args } = await withEnvironment({ TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }, async () => {
    const { default: sparticuz } = await import('@sparticuz/chromium');
    return { executablePath: await sparticuz.executablePath(), args: sparticuz.args };
  });
  fs.writeFileSync(mark, '');
  return {
    executablePath,
    // --single-process dies with the second context, and --no-zygote belongs to it. Headless is Playwright's to set.
    args: args.filter((arg) => !/^--(headless|single-process|no-zygote)/.test(arg)),
    env: {
      ...definedOnly(process.env),
      LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'),
      FONTCONFIG_PATH: path.join(folder, 'fonts'),
    },
    from: '@sparticuz/chromium',
  };
}

function versionOf(name: string): string {
  let folder = path.dirname(createRequire(import.meta.url).resolve(name));
  while (!fs.existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return (JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

/** Runs with variables set, and puts back what was there: the package reads and changes the environment itself. */
async function withEnvironment<Result>(variables: Record<string, string>, run: () => Promise<Result>): Promise<Result> {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return await run();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
