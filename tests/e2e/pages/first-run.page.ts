import type { Locator, Page } from '@playwright/test'
import { words } from '../helpers/words.ts'

/** Who sets the firm up in the journeys. */
export const ADMINISTRATOR = { name: '林总', login: 'lin', password: 'copper lantern over 7 hills' }

export const FIRM = {
  name: '重庆山城机械配件有限公司',
  uscc: '91350100M000100Y43',
  legalRepresentative: '周建国',
  phone: '023-68886666',
  address: '重庆市九龙坡区石桥铺科园一路 6 号',
  bankName: '中国建设银行重庆石桥铺支行',
  bankAccount: '50001013600050001234',
  sealName: '重庆山城机械配件有限公司合同专用章',
} as const

export interface FirstRunAnswers {
  readonly content: 'empty' | 'sample'
  readonly backupDir?: string
  readonly firm?: Partial<Record<keyof typeof FIRM, string>>
}

/** Called at a step with its name, when all of it is filled in. */
export type Look = (step: string) => Promise<void>

/** The five steps of the first run. */
export class FirstRunPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  get title(): Locator {
    return this.#page.getByRole('heading', { name: words('office:firstRun.title') })
  }

  field(key: string): Locator {
    return this.#page.getByLabel(words(key), { exact: false }).first()
  }

  async next(): Promise<void> {
    await this.#page.getByRole('button', { name: words('common:next') }).click()
  }

  /** Walks through all steps, `look`ing at each; gives the recovery code as printed. */
  async complete(answers: FirstRunAnswers, look: Look = async () => undefined): Promise<string> {
    await look('language')
    await this.next()
    for (const [key, value] of Object.entries({ ...FIRM, ...answers.firm }))
      await this.field(`office:firm.${key}`).fill(value)
    await look('firm')
    await this.next()
    await this.field('people:fields.name').fill(ADMINISTRATOR.name)
    await this.field('people:fields.login').fill(ADMINISTRATOR.login)
    await this.field('session:fields.password').fill(ADMINISTRATOR.password)
    await look('administrator')
    await this.next()
    if (answers.backupDir !== undefined) await this.field('office:preferences.backupDir').fill(answers.backupDir)
    await this.#page.getByRole('radio', { name: words(`office:firstRun.${answers.content}`) }).check()
    await look('content')
    await this.#page.getByRole('button', { name: words('office:firstRun.create') }).click()
    return this.confirmCode(look)
  }

  /** Reads the code and gives back the two groups that are asked for. */
  async confirmCode(look: Look = async () => undefined): Promise<string> {
    const list = this.#page.getByTestId('recovery-code').getByRole('listitem')
    // The sample firm takes its time.
    await list.first().waitFor({ timeout: 90_000 })
    const groups = await list.allInnerTexts()
    await look('code')
    await this.#page.getByRole('button', { name: words('office:firstRun.written') }).click()
    for (const [index, group] of groups.entries()) {
      const field = this.#page.getByLabel(words('office:firstRun.group', { n: index + 1 }), { exact: true })
      if (await field.isVisible()) await field.fill(group)
    }
    await look('confirmation')
    await this.#page.getByRole('button', { name: words('office:firstRun.finish') }).click()
    return groups.join('-')
  }
}
