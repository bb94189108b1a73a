import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { openShop } from '../open-shop.ts';
import { customerDomain, peopleDomain } from '../story.ts';

export const PASSWORD = 'windlass-demo';
/** The admin of the shop that `npm start` shows, for stories that only look. */
export const DEMO = 'demo@windlass.test';
/** `demo`, `operator` or `viewer` of the story's own shop. */
export const addressOf = (who: string): string => (who.includes('@') ? who : `${who}@${peopleDomain()}`);

/** The admin as a person uses it: found by role and label, never by how it is built. */
export class Admin {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /**
   * A browser of their own in which a person of the story's shop is signed in already; people.e2e.ts goes through the
   * form.
   */
  static async open(
    browser: Browser,
    who = 'demo',
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<Admin> {
    await openShop();
    const context = await browser.newContext(options);
    const answer = await context.request.post('/api/sign-in', { data: { email: addressOf(who), password: PASSWORD } });
    expect(answer.ok(), await answer.text()).toBe(true);
    return new Admin(await context.newPage());
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(path);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  row(number: number): Locator {
    return this.page.getByRole('row', { name: `#${number}` });
  }

  /** The numbers of the waiting orders on screen, newest first. */
  async waitingNumbers(): Promise<number[]> {
    await this.goTo('/orders?tab=waiting');
    const rows = this.page.getByRole('row').filter({ hasText: 'Waiting' });
    await expect(rows.first()).toBeVisible();
    return (await rows.allInnerTexts()).map((text) => Number(/#(\d+)/.exec(text)![1]));
  }

  async openOrder(number: number): Promise<void> {
    await this.goTo(`/orders?tab=all&q=${number}`);
    await this.row(number).getByRole('link').click();
    await expect(this.page.getByRole('heading', { level: 1 })).toContainText(`#${number}`);
  }

  /** Of the order that is open, a seeded one. */
  async customerAddress(): Promise<string> {
    return (
      await this.page
        .getByText(new RegExp(`@${customerDomain()}$`))
        .first()
        .innerText()
    ).trim();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: false });
  }

  timeline(): Locator {
    return this.page.getByRole('list', { name: /What happened/ });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
