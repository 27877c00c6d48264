import type { Locator, Page } from '@playwright/test'
import { addDays } from '#shared/kernel/dates.ts'
import { pdfFile, pngPicture } from '#tests/helpers/sample-files.ts'
import { button, choose, fillDay } from './helpers/controls.ts'
import { startFilled } from './helpers/filled-firm.ts'
import { firmDay } from './helpers/firm-day.ts'
import { expect, test } from './helpers/fixtures.ts'
import { goTo } from './helpers/go-to.ts'
import { changeSeat, sitDown } from './helpers/seat.ts'
import { words } from './helpers/words.ts'

const cell = (page: Page, path: string) =>
  page.locator(`input[data-path="${path}"], [data-path="${path}"] input`).first()
const finding = (page: Page, code: string) =>
  page.locator('.findings li').filter({ hasText: words(`contracts:findings.${code}`) })

test('a contract from the deal to its supplement: checked, approved, signed, filed, changed in writing', async ({
  app,
}) => {
  test.setTimeout(480_000)
  const made = await startFilled(app, 'contract-team.ts')
  const deal = /^[0-9a-f-]{36}$/m.exec(made)?.[0] ?? ''
  const { page } = app
  const shell = await sitDown(page, 'zhang')

  await test.step('from the deal to a draft with three faults, which the check names with their articles', async () => {
    await goTo(page, `/deals/${deal}`)
    await button(page, 'contracts:list.create').click()
    await cell(page, 'lines.0.name').fill('循环泵')
    await cell(page, 'lines.0.spec').fill('IS80-50-200')
    await cell(page, 'lines.0.quantity').fill('12')
    await cell(page, 'lines.0.price').fill('10000')
    await page.keyboard.press('Tab')
    await label(page, 'contracts:fields.terms.deliveryPlace').fill('成都市龙泉驿区买受人仓库')
    await fillDay(label(page, 'contracts:fields.terms.deliveryDay'), addDays(firmDay(), 30))
    await expect(finding(page, 'line_unit')).toHaveCount(0)
    await cell(page, 'lines.0.unit').fill('')
    await label(page, 'contracts:fields.buyer.uscc').fill('91510100MA61T0TT28')
    await label(page, 'contracts:fields.terms.inspection').fill('')
    await expect(finding(page, 'line_unit')).toContainText(words('contracts:articles.civil470'))
    await expect(finding(page, 'buyer_uscc_wrong')).toContainText(words('contracts:articles.gb32100'))
    await expect(finding(page, 'inspection')).toContainText(words('contracts:articles.civil596'))
  })

  await test.step('put right, one of them with the proposed wording', async () => {
    await finding(page, 'inspection')
      .getByRole('button', { name: words('contracts:editor.take') })
      .click()
    await expect(label(page, 'contracts:fields.terms.inspection')).not.toHaveValue('')
    await cell(page, 'lines.0.unit').fill('台')
    await label(page, 'contracts:fields.buyer.uscc').fill('91510100MA61T0TT27')
    await expect(page.locator('.findings').getByText(words('contracts:severities.error'))).toHaveCount(0)
    await button(page, 'contracts:editor.save').click()
    await expect(button(page, 'contracts:submit.title')).toBeVisible()
  })
  const contract = page.url()

  await test.step('submitted with a reason for what is only doubtful', async () => {
    await expect(button(page, 'contracts:page.sign')).toHaveCount(0)
    await button(page, 'contracts:submit.title').click()
    const drawer = page.getByRole('dialog', { name: words('contracts:submit.title') })
    await button(drawer, 'contracts:submit.title').click()
    await expect(drawer.locator('.field-note.error')).toBeVisible()
    await drawer.getByLabel(words('contracts:submit.reason')).fill('长期客户，资料签订时补齐')
    await button(drawer, 'contracts:submit.title').click()
    await expect(drawer).toBeHidden()
    await expect(page.getByText(words('contracts:submit.waiting', { names: '王主管' }))).toBeVisible()
  })

  await test.step('the leader returns it, and approves what was put right', async () => {
    await changeSeat(page, 'wang')
    await shell.open(words('common:nav.approvals'))
    await decide(page, 'return', async (drawer) => {
      await drawer.getByLabel(words('approvals:fields.comment')).fill('签订地点未填写')
    })
    await changeSeat(page, 'zhang')
    await goTo(page, contract)
    await button(page, 'contracts:page.edit').click()
    await label(page, 'contracts:fields.signPlace').fill('重庆市九龙坡区')
    await button(page, 'contracts:editor.save').click()
    await button(page, 'contracts:submit.title').click()
    const drawer = page.getByRole('dialog', { name: words('contracts:submit.title') })
    await drawer.getByLabel(words('contracts:submit.reason')).fill('签订地点已补')
    await button(drawer, 'contracts:submit.title').click()
    await expect(drawer).toBeHidden()
    await changeSeat(page, 'wang')
    await shell.open(words('common:nav.approvals'))
    await expect(page.getByText('重庆市九龙坡区').first()).toBeVisible()
    await button(page, 'approvals:act.approve').click()
    await expect(page.getByText(words('approvals:said.approve')).first()).toBeVisible()
  })

  await test.step('legal asks finance first; both approve', async () => {
    await changeSeat(page, 'qian')
    await shell.open(words('common:nav.approvals'))
    await button(page, 'approvals:act.more').click()
    await page.getByRole('menuitem', { name: words('approvals:act.addSigner') }).click()
    const drawer = page.getByRole('dialog', { name: words('approvals:act.addSigner') })
    await choose(drawer.getByLabel(words('approvals:act.signer')), '赵会计')
    await button(drawer, 'approvals:act.addSigner').click()
    await expect(drawer).toBeHidden()
    for (const who of ['zhao', 'qian'] as const) {
      await changeSeat(page, who)
      await shell.open(words('common:nav.approvals'))
      await button(page, 'approvals:act.approve').click()
      await expect(page.getByText(words('approvals:said.approve')).first()).toBeVisible()
    }
  })

  await test.step('signed: the order, the instalments and the tasks of the departments are there', async () => {
    await changeSeat(page, 'wang')
    await goTo(page, contract)
    await button(page, 'contracts:page.sign').click()
    const drawer = page.getByRole('dialog', { name: words('contracts:sign.title') })
    await drawer.getByLabel(words('contracts:fields.ourSigner')).fill('周建国')
    await drawer.getByLabel(words('contracts:fields.theirSigner')).fill('王强')
    await button(drawer, 'contracts:sign.submit').click()
    await expect(drawer).toBeHidden()
    await expect(page.getByRole('heading', { name: words('contracts:page.instalments') })).toBeVisible()
    await expect(page.getByText('36,000.00').first()).toBeVisible()
    await page.getByRole('link', { name: /^DD-/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('DD-')
    await changeSeat(page, 'zhang')
    await shell.open(words('common:nav.tasks'))
    await expect(
      page.getByText(words('orders:tasks.deliver', { number: '', buyer: '' }).slice(0, 4)).first(),
    ).toBeVisible()
  })

  await test.step('filed: the signed scan with its fingerprint, then the place of the originals', async () => {
    await changeSeat(page, 'wang')
    await goTo(page, contract)
    await expect(page.getByText(words('contracts:papers.gap.scan')).first()).toBeVisible()
    await button(page, 'contracts:papers.addScan').click()
    const scan = page.getByRole('dialog', { name: words('contracts:papers.addScan') })
    await scan.getByTestId('scan-input').setInputFiles([
      { name: '合同_第1页.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdfFile('signed')) },
      { name: '合同_第2页.png', mimeType: 'image/png', buffer: Buffer.from(pngPicture(40, 56)) },
    ])
    await button(scan, 'contracts:papers.addScan').click()
    await expect(scan).toBeHidden()
    const kept = page.getByRole('region', { name: words('contracts:papers.scans') })
    await expect(kept.getByText('合同_第1页.pdf')).toBeVisible()
    await button(kept, 'contracts:papers.verifyFile', { name: '合同_第1页.pdf' }).click()
    await expect(page.getByText(words('contracts:papers.intact', { name: '合同_第1页.pdf' }))).toBeVisible()

    await button(page, 'contracts:papers.file').click()
    const place = page.getByRole('dialog', { name: words('contracts:papers.file') })
    await place.getByLabel(words('contracts:papers.cabinet')).fill('A-3')
    await place.getByLabel(words('contracts:papers.box')).fill('12')
    await button(place, 'contracts:papers.file').click()
    await expect(place).toBeHidden()
    await expect(page.getByText('A-3').first()).toBeVisible()
    await expect(page.getByText(words('contracts:papers.gap.archive'))).toHaveCount(0)
  })

  await test.step('a supplement changes the price: a redline, and its own approval', async () => {
    await changeSeat(page, 'zhang')
    await goTo(page, contract)
    await button(page, 'contracts:page.more').click()
    await page.getByRole('menuitem', { name: words('contracts:supplement.draft') }).click()
    await page.getByLabel(words('contracts:supplement.reason')).fill('铜价上涨')
    await cell(page, 'lines.0.price').fill('11000')
    await page.keyboard.press('Tab')
    await expect(page.locator('.changes del', { hasText: '10,000.00' }).first()).toBeVisible()
    await expect(page.locator('.changes ins', { hasText: '11,000.00' }).first()).toBeVisible()
    await button(page, 'contracts:supplement.save').click()
    await expect(page.locator('.changes ins', { hasText: '132,000.00' }).first()).toBeVisible()
    await expect(button(page, 'contracts:supplement.sign')).toHaveCount(0)
    await button(page, 'contracts:submit.title').click()
    await expect(page.getByText(words('contracts:submit.waiting', { names: '王主管' }))).toBeVisible()
    await changeSeat(page, 'wang')
    await shell.open(words('common:nav.approvals'))
    await expect(page.getByText('120,000.00 → 132,000.00').first()).toBeVisible()
  })

  await test.step('approved and signed, the redline of the versions names the old and the new price', async () => {
    await button(page, 'approvals:act.approve').click()
    await expect(page.getByText(words('approvals:said.approve')).first()).toBeVisible()
    await changeSeat(page, 'qian')
    await shell.open(words('common:nav.approvals'))
    await button(page, 'approvals:act.approve').click()
    await expect(page.getByText(words('approvals:said.approve')).first()).toBeVisible()
    await changeSeat(page, 'wang')
    await goTo(page, contract)
    await page.getByRole('link', { name: /-B1$/ }).click()
    await button(page, 'contracts:supplement.sign').click()
    const drawer = page.getByRole('dialog', { name: words('contracts:supplement.sign') })
    await button(drawer, 'contracts:supplement.sign').click()
    await expect(drawer).toBeHidden()
    await goTo(page, contract)
    const version = page.getByRole('row', { name: words('contracts:versions.reasons.supplement') })
    await version.getByRole('button', { name: words('contracts:versions.changes') }).click()
    const redline = page.getByRole('dialog', { name: words('contracts:redline.title') })
    await expect(redline.locator('.changes del', { hasText: '10,000.00' }).first()).toBeVisible()
    await expect(redline.locator('.changes ins', { hasText: '11,000.00' }).first()).toBeVisible()
    await expect(redline.locator('.changes ins', { hasText: '132,000.00' }).first()).toBeVisible()
  })
})

/** Decides what is at hand in the inbox, with what is filled into the drawer. */
async function decide(page: Page, step: 'return', fill: (drawer: Locator) => Promise<void>): Promise<void> {
  await button(page, `approvals:act.${step}`).click()
  const drawer = page.getByRole('dialog', { name: words(`approvals:act.${step}`) })
  await fill(drawer)
  await button(drawer, `approvals:act.${step}`).click()
  await expect(drawer).toBeHidden()
}

const label = (page: Page, key: string) => page.getByLabel(words(key)).first()
