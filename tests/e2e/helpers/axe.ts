import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/**
 * WCAG 2.2 A and AA, and axe's own best practice; no violation of any impact is allowed. `rules` narrows it to some.
 */
export async function expectAccessible(page: Page, where: string, rules?: string[]): Promise<void> {
  // Colours half-way between two states are nobody's choice: what moves may come to its end first.
  await expect(async () => {
    // axe's own page for frames would be blocked by the program's navigation guard, and there are no frames.
    const axe = new AxeBuilder({ page }).setLegacyMode(true)
    const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
    const found = violations.map(
      (v) => `${v.id} (${v.impact ?? '?'}): ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`,
    )
    expect(found, `accessibility of ${where}`).toEqual([])
  }).toPass({ timeout: 20_000, intervals: [300] })
}

/** The same page by day and by night; by night its colours alone are others. */
export async function expectAccessibleInBothThemes(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await expectAccessible(page, `${where}, light`)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await expectAccessible(page, `${where}, dark`, ['color-contrast', 'link-in-text-block'])
}
