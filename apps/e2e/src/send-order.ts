import { randomUUID } from 'node:crypto';
import { type APIRequestContext, expect } from '@playwright/test';
import type { Admin } from './pages/admin.ts';

/** Makes an API key the way an admin does, and answers its secret. */
export async function makeApiKey(admin: Admin): Promise<string> {
  await admin.goTo('/settings?tab=keys');
  await admin.button('Create API key').click();
  await admin.page.getByLabel('Name').fill('web shop');
  await admin.button('Create key').click();
  const secret = await admin.page.getByText(/^wl_[\w-]{43}$/).textContent();
  await admin.button('Done').click();
  return secret!;
}

/** Sends an order as a shop system would. */
export async function sendOrder(
  request: APIRequestContext,
  key: string,
  change: object = {},
): Promise<{ id: string; number: number }> {
  const answer = await request.post('/api/v1/orders', {
    headers: { authorization: `Bearer ${key}`, 'idempotency-key': randomUUID() },
    data: {
      customer: { name: 'Riverside Press', email: 'riverside-press@example.com' },
      currency: 'EUR',
      lines: [{ sku: 'ICON-96', title: 'Paper-cut icons', quantity: 1, unitMinor: 1200 }],
      ...change,
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()) as { id: string; number: number };
}
