import { asMonth, shiftMonth } from '#shared/kernel/dates.ts'
import { button, choose, link } from './helpers/controls.ts'
import { startFilled } from './helpers/filled-firm.ts'
import { firmDay } from './helpers/firm-day.ts'
import { expect, test } from './helpers/fixtures.ts'
import { goTo } from './helpers/go-to.ts'
import { look } from './helpers/look.ts'
import { changeSeat, sitDown } from './helpers/seat.ts'
import { words } from './helpers/words.ts'
import { ADMINISTRATOR } from './pages/first-run.page.ts'

const cycle = (key: string, params?: Record<string, string>) => words(`performance:cycle.${key}`, params)
const correction = (key: string, params?: Record<string, string>) => words(`performance:correction.${key}`, params)

test('a month from its end to a correction after the lock: appeal, calibration, agreement, lock, two people', async ({
  app,
}) => {
  test.setTimeout(480_000)
  await startFilled(app, 'contract-team.ts')
  const { page } = app
  const month = shiftMonth(asMonth(firmDay().slice(0, 7)), -1)
  const open = () => goTo(page, `/performance?month=${month}`)
  const drawer = page.getByRole('dialog').last()
  await sitDown(page, 'zhang')

  await test.step('who was appraised does not agree', async () => {
    await open()
    await look(page, 'one’s own result')
    await button(page, 'performance:cycle.appeal').click()
    await look(page, 'appealing')
    await choose(drawer.getByLabel(cycle('item')), words('performance:indicators.visits'))
    await drawer.getByLabel(cycle('reason')).fill('两次拜访登记在同事名下')
    await button(drawer, 'performance:cycle.appeal').click()
    await expect(page.getByText(cycle('standings.appealed'))).toBeVisible()
    await expect(button(page, 'performance:cycle.confirm')).toHaveCount(0)
  })

  await test.step('an owner answers, and calibrates at once', async () => {
    await changeSeat(page, ADMINISTRATOR.login)
    await goTo(page, `/performance/calibration?month=${month}`)
    await look(page, 'calibration with an appeal')
    await button(page, 'performance:cycle.answer').click()
    await look(page, 'answering an appeal')
    await choose(drawer.getByLabel(cycle('verdict')), cycle('upheld'))
    await drawer.getByLabel(cycle('answerText')).fill('属实，补计两次')
    await drawer.getByLabel(cycle('pointsOptional')).fill('2.5')
    await button(drawer, 'performance:cycle.answer').click()
    await expect(page.getByText('+2.50')).toBeVisible()
  })

  await test.step('who was appraised sees the line, and agrees', async () => {
    await changeSeat(page, 'zhang')
    await open()
    await expect(page.getByText('属实，补计两次').first()).toBeVisible()
    await button(page, 'performance:cycle.confirm').click()
    await expect(page.getByText(cycle('standings.confirmed')).first()).toBeVisible()
  })

  await test.step('the lock says who is silent, and reminds him', async () => {
    await changeSeat(page, ADMINISTRATOR.login)
    await open()
    await button(page, 'performance:lock').click()
    await expect(drawer).toContainText('王主管')
    await expect(drawer).not.toContainText('张三')
    await button(drawer, 'performance:cycle.remind').click()
    await expect(page.getByText(words('performance:cycle.reminded', { count: 1 }))).toBeVisible()
    await button(drawer, 'performance:lock').click()
    await expect(page.getByText(cycle('lockedStandings.silent'))).toBeVisible()
  })

  await test.step('the leader asks for a correction, the owner approves it, and both figures stand there', async () => {
    await changeSeat(page, 'wang')
    await open()
    await page.getByText(correction('correct'), { exact: true }).first().click()
    await drawer.getByLabel(correction('fields.value')).fill('30000')
    await drawer.getByLabel(correction('fields.reason')).fill('漏记一份合同')
    await button(drawer, 'performance:correction.ask').click()
    await expect(drawer).toBeHidden()
    await changeSeat(page, ADMINISTRATOR.login)
    await goTo(page, '/approvals')
    await button(page, 'approvals:act.approve').click()
    await expect(page.getByText(words('approvals:said.approve'))).toBeVisible()
    await open()
    await expect(page.getByText(correction('locked', { value: '0.00' }))).toBeVisible()
    await expect(page.getByText('30,000.00')).toBeVisible()
    await link(page, 'performance:correction.open').click()
    await expect(page.getByText(correction('states.done'))).toBeVisible()
  })
})
