import { readFileSync } from 'node:fs'
import { CANARY_PLACE, jpegPhoto, pdfFile, pngPicture } from '#tests/helpers/sample-files.ts'
import { expectAccessibleInBothThemes } from './helpers/axe.ts'
import { button } from './helpers/controls.ts'
import { expect, test } from './helpers/fixtures.ts'
import { Keyboard } from './helpers/keyboard.ts'
import { words } from './helpers/words.ts'
import { FirstRunPage } from './pages/first-run.page.ts'
import { ShellPage } from './pages/shell.page.ts'

const file = (name: string, mimeType: string, bytes: Uint8Array) => ({ name, mimeType, buffer: Buffer.from(bytes) })

test('the inbox by the keyboard: enter, put off, finish, take back', async ({ app }) => {
  const { page } = app
  await new FirstRunPage(page).complete({ content: 'empty' })
  const shell = new ShellPage(page)
  await shell.open(words('common:nav.tasks'))
  await expect(page.getByText(words('tasks:emptyMine'))).toBeVisible()
  const badge = page.locator('.nav-badge')
  await expect(badge).toHaveCount(0)
  for (const title of ['寄样品', '答复交期']) {
    await page.keyboard.press('n')
    await expect(page.getByRole('dialog').getByLabel(words('tasks:fields.title'))).toBeFocused()
    await page.keyboard.insertText(title)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: title, exact: true })).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await expect(badge).toHaveText('2')

  await page.keyboard.press('j')
  await expect(page.getByRole('button', { name: '寄样品', exact: true })).toBeFocused()
  await page.keyboard.press('s')
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: words('tasks:snooze.nextMonth') }).click()
  await button(drawer, 'tasks:actions.snooze').click()
  await expect(page.getByRole('region', { name: words('tasks:groups.later') })).toContainText('寄样品')
  await expect(badge).toHaveText('1')

  await page.getByRole('checkbox', { name: words('tasks:select', { title: '答复交期' }) }).check()
  await page.keyboard.press('d')
  await expect(drawer.getByLabel(words('tasks:fields.result'))).toBeFocused()
  await page.keyboard.insertText('已答复')
  await page.keyboard.press('Enter')
  await expect(badge).toHaveCount(0)
  await button(page, 'common:undo').click()
  await expect(badge).toHaveText('1')
  await expect(page.getByRole('button', { name: '答复交期', exact: true })).toBeVisible()
  await expectAccessibleInBothThemes(page, 'the inbox')

  await shell.open(words('common:nav.home'))
  await page
    .getByRole('region', { name: words('tasks:panel.title') })
    .getByRole('link', { name: '答复交期' })
    .click()
  await expect(page).toHaveURL(/\/tasks$/)
})

test('files on a customer: chosen, dropped, looked at, refused, removed', async ({ app }) => {
  const { page } = app
  await new FirstRunPage(page).complete({ content: 'empty' })
  const keys = new Keyboard(page)
  await expect(new ShellPage(page).trail).toBeVisible({ timeout: 30_000 })
  await keys.open(words('common:nav.customers'))
  await page.keyboard.press('n')
  await keys.type(page.getByLabel(words('customers:fields.name')).first(), '重庆附件有限公司')
  await keys.choose(page.getByLabel(words('customers:fields.source')).first(), words('customers:source.exhibition'))
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('heading', { name: '重庆附件有限公司' })).toBeVisible()

  const list = page.getByRole('list', { name: words('attachments:list') })
  const png = pngPicture(64, 64)
  await page
    .getByTestId('attachment-input')
    .setInputFiles([
      file('门头.png', 'image/png', png),
      file('执照.pdf', 'application/pdf', pdfFile()),
      file('账单.pdf', 'application/pdf', Uint8Array.from([0x4d, 0x5a, 0x90, 0, 3])),
    ])
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expect(page.getByText(words('errors:ATTACHMENT_TYPE'))).toBeVisible()
  await page.getByRole('button', { name: words('attachments:dismiss', { name: '账单.pdf' }) }).click()

  const photo = Buffer.from(jpegPhoto()).toString('base64')
  const transfer = await page.evaluateHandle((base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
    const data = new DataTransfer()
    data.items.add(new File([bytes], '现场.jpg', { type: 'image/jpeg' }))
    return data
  }, photo)
  await page.locator('.attachments').dispatchEvent('drop', { dataTransfer: transfer })
  await expect(list.getByRole('listitem')).toHaveCount(3)
  await expectAccessibleInBothThemes(page, 'a customer with files')

  await page.getByRole('button', { name: '门头.png', exact: true }).click()
  const picture = page.getByRole('img', { name: words('attachments:picture', { name: '门头.png' }) })
  await expect(picture).toBeVisible()
  expect(await picture.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBe(64)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '执照.pdf', exact: true }).click()
  await expect(page.locator('.pdf-dialog canvas').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.getByRole('button', { name: `${words('attachments:save')}: 现场.jpg` }).click()
  const saved = readFileSync(await app.savedFile(/现场.*\.jpg$/))
  expect(saved.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
  expect(saved.toString('latin1')).not.toContain(CANARY_PLACE)

  await page.getByRole('button', { name: '现场.jpg', exact: true }).focus()
  await page.keyboard.press('Delete')
  await page.getByRole('dialog').getByRole('textbox').fill('拍错了')
  await button(page.getByRole('dialog'), 'attachments:remove').click()
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await page.getByRole('button', { name: words('attachments:showRemoved', { count: 1 }) }).click()
  await expect(page.getByRole('list', { name: words('attachments:removed') })).toContainText('拍错了')
})
