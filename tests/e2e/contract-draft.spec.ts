import { startFilled } from './helpers/filled-firm.ts'
import { expect, test } from './helpers/fixtures.ts'
import { goTo } from './helpers/go-to.ts'
import { sitDown } from './helpers/seat.ts'
import { words } from './helpers/words.ts'
import { ADMINISTRATOR } from './pages/first-run.page.ts'

const LINES = 200
const LONGEST_MS = 100
/** Another journey runs beside this one and takes its share of every round: the one it disturbed least is judged. */
const ROUNDS = 16

test('two hundred kinds of goods: from a key to what the check says of it in a tenth of a second', async ({ app }) => {
  const made = await startFilled(app, 'long-contract.ts', String(LINES))
  const id = /^[0-9a-f-]{36}$/m.exec(made)?.[0] ?? ''
  const { page } = app
  await sitDown(page, ADMINISTRATOR.login)
  await goTo(page, `/contracts/${id}/edit`)
  const unit = page.locator(`[data-path="lines.${LINES - 1}.unit"]`)
  await expect(unit).toBeVisible({ timeout: 30_000 })
  await unit.scrollIntoViewIfNeeded()
  await page.waitForTimeout(1500)

  const rounds: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const text = round % 2 === 0 ? '' : '件'
    const wanted = `${words('contracts:findings.line_unit')} · ${LINES}`
    rounds.push(
      await page.evaluate(
        ({ path, text, wanted }) => {
          const cell = document.querySelector<HTMLInputElement>(`[data-path="${path}"]`)
          if (!cell) throw new Error('no such cell')
          const shown = () => document.querySelector('.findings')?.textContent?.includes(wanted) ?? false
          const goal = text === ''
          return new Promise<number>((resolve) => {
            const start = performance.now()
            const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
            set?.call(cell, text)
            cell.dispatchEvent(new Event('input', { bubbles: true }))
            const look = () => (shown() === goal ? resolve(performance.now() - start) : requestAnimationFrame(look))
            look()
          })
        },
        { path: `lines.${LINES - 1}.unit`, text, wanted },
      ),
    )
    await page.waitForTimeout(700)
  }
  const sorted = rounds.toSorted((a, b) => a - b)
  const undisturbed = sorted[0] ?? Infinity
  console.log(`draft of ${LINES} lines, from a key to the check: ${sorted.map((ms) => ms.toFixed(0)).join(' ')} ms`)
  expect(undisturbed).toBeLessThanOrEqual(LONGEST_MS)
})
