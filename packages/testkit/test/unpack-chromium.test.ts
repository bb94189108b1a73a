import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { afterAll, expect, test } from 'vitest';
import { unpackChromium } from '../src/unpack-chromium.ts';

// Spaces and an ampersand, as a person's folder may have.
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'windlass chromium & fonts-'));
afterAll(() => fs.rmSync(data, { recursive: true, force: true }));

test('the Chromium of the npm tarball brings its fonts: text has a size where the machine has none; two may unpack it at once', async () => {
  const [{ executablePath, args, env }] = await Promise.all([unpackChromium(data), unpackChromium(data)]);
  expect(fs.readdirSync(data)).toHaveLength(1);
  const browser = await chromium.launch({ executablePath, args, env });
  try {
    const page = await browser.newPage();
    await page.setContent('<span style="font: 20px sans-serif">Windlass</span>');
    const { width, height } = (await page.locator('span').boundingBox())!;
    expect([width > 50 && width < 200, height > 15 && height < 40]).toEqual([true, true]);
  } finally {
    await browser.close();
  }
});
