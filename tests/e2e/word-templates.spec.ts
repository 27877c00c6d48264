import { readFileSync } from 'node:fs'
import { expectAccessibleInBothThemes } from './helpers/axe.ts'
import { expect, test } from './helpers/fixtures.ts'
import { goTo } from './helpers/go-to.ts'
import { words } from './helpers/words.ts'
import { FirstRunPage } from './pages/first-run.page.ts'
import { ListPage } from './pages/list.page.ts'
import { ShellPage } from './pages/shell.page.ts'
import { buildWord, paragraph, table, wordTextOf } from '#tests/helpers/word-builder.ts'
import { unzip } from '#tests/helpers/unzip.ts'

const word = (key: string, params?: Record<string, string | number>) => words(`wordtemplates:${key}`, params)
const file = (body: string) => ({
  name: '公司购销合同.docx',
  mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  buffer: Buffer.from(buildWord(body)),
})

test('the firm’s own Word template is checked, put right, put in use, and a contract is written on it', async ({
  app,
}) => {
  test.setTimeout(600_000)
  const { page } = app
  // Its contracts are made meanwhile; the first of them is enough.
  await new FirstRunPage(page).complete({ content: 'sample' })
  const shell = new ShellPage(page)
  await expect(shell.trail).toBeVisible({ timeout: 30_000 })
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  await shell.open(words('common:nav.wordTemplates'))
  await button(word('actions.upload')).click()
  const drawer = page.getByRole('dialog', { name: word('upload.title') })
  await drawer
    .getByTestId('template-input')
    .setInputFiles(
      file(
        paragraph('合同编号：{合同编号}') +
          paragraph('买受人：{买房名称}') +
          table(['品名', '数量', '金额'], ['{#产品}{品名}', '{数量}', '{金额}']) +
          paragraph('总价：｛合同总价｝'),
      ),
    )
  await expect(drawer.getByRole('textbox', { name: word('fields.name') })).toHaveValue('公司购销合同')
  await drawer.getByRole('button', { name: word('actions.upload') }).click()

  await expect(page.getByText(word('findings.suggestion', { name: '买方名称' }))).toBeVisible()
  await expect(page.getByText(word('faults.sectionUnclosed'))).toBeVisible()
  await expect(page.getByText(word('faults.fullWidth'))).toBeVisible()
  await expect(button(word('actions.putInUse', { no: 1 }))).toBeDisabled()
  await expectAccessibleInBothThemes(page, 'a template with faults')

  await button(word('actions.addEdition')).click()
  const next = page.getByRole('dialog', { name: word('actions.addEdition') })
  await next
    .getByTestId('template-input')
    .setInputFiles(
      file(
        paragraph('合同编号：{合同编号}') +
          paragraph('买受人：{买方名称}') +
          table(['品名', '数量', '金额'], ['{#产品}{品名}', '{数量}', '{金额}{/产品}']) +
          paragraph('总价：{合同总价} 元'),
      ),
    )
  await next.getByRole('button', { name: word('actions.addEdition') }).click()
  await expect(page.getByText(word('findings.ready'))).toBeVisible()
  await button(word('actions.tryOut')).click()
  const tried = await unzip(readFileSync(await app.savedFile(/\.docx$/)))
  expect(wordTextOf(tried.get('word/document.xml') ?? '')).toContain(word('sample.buyer.name'))
  await button(word('actions.putInUse', { no: 2 })).click()
  const using = page.getByRole('dialog', { name: word('actions.putInUse', { no: 2 }) })
  await expect(using.getByText(word('wanted.dispute'))).toBeVisible()
  await using.getByRole('button', { name: word('actions.putInUse', { no: 2 }) }).click()
  await expect(page.getByText(word('standings.inUse')).first()).toBeVisible()

  // Some of them: axe takes its time for each of a hundred rows.
  await goTo(page, '/word-templates/fields?q=buyer.')
  await expect(page.getByText('{买方名称}')).toBeVisible()
  await expectAccessibleInBothThemes(page, 'the fields of templates')
  await button(word('actions.sheet')).click()
  const sheet = await unzip(readFileSync(await app.savedFile(/\.docx$/)))
  expect(wordTextOf(sheet.get('word/document.xml') ?? '')).toContain('{买方名称}')

  await goTo(page, '/contracts')
  await expect(new ListPage(page).rows().first()).toBeVisible({ timeout: 120_000 })
  await new ListPage(page).open()
  await button(words('contracts:print.title')).click()
  await page.getByRole('menuitem', { name: word('actions.generate') }).click()
  await button(word('choose.use')).click()
  const path = await app.savedFile(/\.docx$/)
  const text = wordTextOf((await unzip(readFileSync(path))).get('word/document.xml') ?? '')
  expect(text).toMatch(/合同编号：\S+\n买受人：\S+(公司|厂)\n/)
  expect(text).not.toContain('{')
})
