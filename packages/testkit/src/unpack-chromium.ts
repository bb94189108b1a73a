import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { inheritedEnvironment } from './env.ts';
import type { Chromium } from './find-chromium.ts';

const UNPACK = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
const DATA = path.join(import.meta.dirname, '..', '..', '..', '.data');

/**
 * Not the package's own arguments, which are Lambda's: one process for all, and the web's own protections off. No
 * sandbox: it takes a setuid helper, which no tarball can bring. Letters as the font draws them and no graphics card,
 * for the same pixels everywhere.
 */
const ARGS = ['--no-sandbox', '--font-render-hinting=none', '--disable-gpu'];

/**
 * The Chromium of @sparticuz/chromium, unpacked once into the data folder (211 MB, 2 s), with the libraries and fonts
 * that a bare machine lacks. Several may ask at once.
 */
export async function unpackChromium(data: string = DATA): Promise<Chromium> {
  const folder = path.join(data, `chromium-${versionOf('@sparticuz/chromium')}`);
  if (!fs.existsSync(folder)) await unpack(folder);
  return {
    executablePath: path.join(folder, 'chromium'),
    args: ARGS,
    env: {
      ...inheritedEnvironment(),
      LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
    from: '@sparticuz/chromium',
  };
}

/**
 * Beside the folder, and given its name when all is there: a run that is killed leaves nothing that looks whole, and of
 * two at once one has been for nothing. The package unpacks to the temporary folder, and the libraries only where it
 * believes to be on Lambda: hence a process of its own.
 */
async function unpack(folder: string): Promise<void> {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const own = fs.mkdtempSync(`${folder}-`);
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], {
      cwd: import.meta.dirname,
      env: { ...inheritedEnvironment(), TMPDIR: own, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    });
    fs.writeFileSync(path.join(own, 'fonts.conf'), fontsConfiguration(folder));
    fs.renameSync(own, folder);
  } catch (error) {
    fs.rmSync(own, { recursive: true, force: true });
    if (!fs.existsSync(path.join(folder, 'fonts.conf'))) throw error;
  }
}

/**
 * The one in the package names Lambda's folders and one in the temporary folder: text would have no font, and so no
 * size.
 */
const fontsConfiguration = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${escapeXml(path.join(folder, 'fonts'))}</dir>
  <cachedir>${escapeXml(path.join(folder, 'fonts-cache'))}</cachedir>
</fontconfig>
`;

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function versionOf(name: string): string {
  let folder = path.dirname(createRequire(import.meta.url).resolve(name));
  while (!fs.existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return (JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}
