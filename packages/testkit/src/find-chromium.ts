import fs from 'node:fs';
import { chromium } from '@playwright/test';
import { namedChromium } from './env.ts';
import { unpackChromium } from './unpack-chromium.ts';

/** A Chromium to launch, and what it needs to be told. */
export type Chromium = {
  executablePath: string;
  args: string[];
  /** the environment it runs in, where that differs from ours */
  env?: Record<string, string>;
  /** where it was found, for a line of output */
  from: string;
};

const MACHINE = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The Chromium to test with: the one CHROMIUM_PATH names, the machine's, the one Playwright has downloaded, and on a
 * bare machine the one in an npm tarball. `CHROMIUM_PATH=npm` asks for the last, which draws the same pixels
 * everywhere.
 */
export async function findChromium(): Promise<Chromium> {
  const named = namedChromium();
  if (named && named !== 'npm') return { executablePath: named, args: quietArgs(), from: 'CHROMIUM_PATH' };
  if (!named) {
    const machine = MACHINE.find((file) => fs.existsSync(file));
    if (machine) return { executablePath: machine, args: quietArgs(), from: 'this machine' };
    const downloaded = chromium.executablePath();
    if (fs.existsSync(downloaded)) return { executablePath: downloaded, args: quietArgs(), from: 'Playwright' };
  }
  const unpacked = await unpackChromium();
  return { ...unpacked, args: [...unpacked.args, ...quietArgs()] };
}

/** No calls of its own to anywhere, and no sandbox for root, whom Chromium refuses one. */
function quietArgs(): string[] {
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-first-run',
  ];
}
