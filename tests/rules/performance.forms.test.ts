import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { formDocument, formMail } from '#shared/modules/performance/performance.forms.documents.ts'
import { formState, rateOfReturn } from '#shared/modules/performance/performance.forms.rules.ts'
import { formAnswer, formsMake } from '#shared/modules/performance/performance.forms.schema.ts'

describe('a form', () => {
  it.each([
    [null, null, 'open'],
    ['r', null, 'answered'],
    [null, 5, 'withdrawn'],
  ] as const)('with answer %s, withdrawn %s is %s', (reviewId, withdrawnAt, state) =>
    expect(formState({ reviewId, withdrawnAt })).toBe(state),
  )

  it('comes back by a share between nothing and all, and by none where none was made', () => {
    expect(rateOfReturn({ answered: 0, open: 0 })).toBeNull()
    expect(rateOfReturn({ answered: 1, open: 2 })).toBe(3_333)
    expect(rateOfReturn({ answered: 2, open: 1 })).toBe(6_667)
    const many = fc.nat({ max: 10_000 })
    fc.assert(
      fc.property(many, many, (answered, open) => {
        const rate = rateOfReturn({ answered, open })
        if (answered + open === 0) return rate === null
        return rate !== null && rate >= 0 && rate <= 10_000 && (rate === 10_000 || open > 0 || answered === 0)
      }),
    )
  })

  it('asks each customer once, fifty at most, by an address that is one or none', () => {
    const id = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
    const row = (n: number, email = '') => ({ customerId: id(n), contactName: '', email })
    const of = (rows: object[]) =>
      formsMake
        .safeParse({ month: '2026-05', userId: id(0), language: 'en', rows })
        .error?.issues.map(({ path }) => path)
    expect(of([row(1), row(2, 'a@b.cn')])).toBeUndefined()
    expect(of([])).toEqual([['rows']])
    expect(of([row(1), row(1)])).toEqual([['rows']])
    expect(of([row(1), row(2, 'nobody')])).toEqual([['rows', 1, 'email']])
    expect(of(Array.from({ length: 51 }, (_, n) => row(n + 1)))).toEqual([['rows']])
    const marks = { teamwork: 3, reliability: 3, skill: 3, service: 5 }
    expect(formAnswer.safeParse({ id: id(1), marks, comment: '' }).error?.issues[0]?.path).toEqual(['comment'])
  })
})

describe.each(LOCALES)('the paper in %s', (language) => {
  const t = makeTranslator(language)
  const input = {
    language,
    firm: { name: '重庆山城', address: '重庆市渝中区 1 号', phone: '023-1' },
    number: 'PJ-2026-0001',
    month: '2026-05',
    userName: '张三',
    customerName: '成都兴川机械',
    contactName: '陈经理',
    dueDay: '2026-06-10',
    handler: '王主管',
  }
  const criteria = ['teamwork', 'reliability', 'skill', 'service'].map((key) => t(`performance:review.criteria.${key}`))

  it('has every question with five boxes, whom it is about, until when, and who reads it', () => {
    const paper = formDocument(input, t)
    const table = paper.blocks.find((block) => block.kind === 'table')
    expect(table?.rows.map((row) => row[0])).toEqual(criteria)
    expect(table?.rows.flat().filter((cell) => cell.startsWith('□'))).toHaveLength(20)
    const text = JSON.stringify(paper)
    for (const part of [
      '张三',
      '成都兴川机械 陈经理',
      '2026-06-10',
      'PJ-2026-0001',
      '王主管 · 023-1 · 重庆市渝中区 1 号',
    ]) {
      expect(text).toContain(part)
    }
    expect(text).toContain(t('performance:forms.paper.use', { firm: '重庆山城' }))
  })

  it('and its mail carry the questions, so that the mail may simply be answered', () => {
    const { subject, text } = formMail(input, t)
    expect(subject).toContain('PJ-2026-0001')
    for (const part of [...criteria, '张三', '2026-06-10', '陈经理', '[   ]']) expect(text).toContain(part)
    expect(formMail({ ...input, contactName: '' }, t).text).toContain('成都兴川机械')
    expect(`${subject}${text}${JSON.stringify(formDocument(input, t))}`).not.toMatch(/\{\{|forms\./)
  })
})
