import { expect, type Page } from '@playwright/test';
import type { Admin } from './admin.ts';
import type { Mail } from './mailbox.ts';

export const NEW_PASSWORD = 'kettle under seven marble wharves';

/** The link in a mail about somebody's account. */
export function accountLinkIn(mail: Mail): string {
  const link = /https?:\/\/\S+\/(?:invite|reset)#[A-Za-z0-9_-]{43}/.exec(mail.text)?.[0];
  expect(link, 'a link in the mail').toBeTruthy();
  return link!;
}

/** In Settings, as an admin who is there already. */
export async function invite(admin: Admin, { name, email }: { name: string; email: string }): Promise<void> {
  await admin.button('Invite a person').click();
  await admin.page.getByLabel('Name').fill(name);
  await admin.page.getByLabel('E-mail').fill(email);
  await admin.button('Send the invitation').click();
  await expect(admin.page.getByRole('row', { name })).toContainText('Invited');
}

export async function choosePassword(page: Page, button: string, password = NEW_PASSWORD): Promise<void> {
  await page
    .getByLabel(/password$/i)
    .first()
    .fill(password);
  await page.getByRole('button', { name: button }).click();
}
