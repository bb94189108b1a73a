import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** In the dark nothing but the colours is another: the rules that look at them, of all below. */
export const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** axe finds nothing serious or critical on the page as it stands. `rules`: only these. */
export async function expectAccessible(page: Page, where: string, rules?: readonly string[]): Promise<void> {
  // What is as it should be is not described, and no second page is opened to join what frames found: there are none.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  const { violations } = await (
    rules ? axe.withRules([...rules]) : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
  ).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.map(({ id, nodes }) => `${where}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
}
