import { createHash } from 'node:crypto';
import path from 'node:path';
import { test } from '@playwright/test';

/**
 * The story that the running test belongs to: its file's name. Each has a shop of its own in the one house, so that
 * they run side by side.
 */
export const storyName = (): string => path.basename(test.info().file, '.e2e.ts');

/** Where the people of the story's shop have their addresses, and where its mails are from. */
export const peopleDomain = (): string => `${storyName()}.windlass.test`;

/**
 * Where the customers of its seeded orders have theirs. Without a word of its name: a test finds buttons and orders by
 * words.
 */
export const customerDomain = (): string =>
  `${createHash('sha256').update(storyName()).digest('hex').slice(0, 8)}.example.com`;
