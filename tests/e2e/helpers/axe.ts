import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** WCAG 2.2 A and AA, and axe's own best practice; no violation of any impact is allowed. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // Colours half-way between two states are nobody's choice: what moves may come to its end first.
  await expect(async () => {
    const { violations } = await new AxeBuilder({ page })
      // axe's own page for frames would be blocked by the program's navigation guard, and there are no frames.
      .setLegacyMode(true)
      .analyze()
    const found = violations.map(
      (v) => `${v.id} (${v.impact ?? '?'}): ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`,
    )
    expect(found, `accessibility of ${where}`).toEqual([])
  }).toPass({ timeout: 20_000, intervals: [300] })
}

/** The same page by day and by night. */
export async function expectAccessibleInBothThemes(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page, `${where}, ${colorScheme}`)
  }
}
