import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { FirmProfile } from '#shared/modules/office/office.schema.ts'
import { rateWords } from '#shared/modules/receivables/receivables.rates.rules.ts'
import type { DebtSheet, SheetView } from './claims.interest.schema.ts'

export interface InterestDocumentInput {
  readonly view: SheetView
  readonly firm: FirmProfile
  readonly language: Locale
  /** On which it is made. */
  readonly day: string
}

/**
 * Interest on overdue debts as it was counted: of each debt by what basis and article, in segments that add up, with
 * what was paid and what it covered. A reckoning to be put with a letter or a suit; it asks for nothing itself.
 */
export function interestDocument({ view, firm, language, day }: InterestDocumentInput, t: Translate): DocumentModel {
  const word = (key: string, params?: Record<string, string | number>) => t(`claims:sheet.${key}`, params)
  const { total } = view
  return {
    title: word('title'),
    language,
    number: '',
    issuer: firm.name,
    pageLabel: word('page'),
    footNote: word('made', { day }),
    blocks: [
      { kind: 'title', text: word('title'), subtitle: word('subtitle', { name: view.customerName, day: view.asOf }) },
      {
        kind: 'facts',
        columns: 2,
        items: [
          { label: word('debtor'), value: view.customerName },
          { label: word('creditor'), value: firm.name },
          { label: word('asOf'), value: view.asOf },
          { label: word('debts'), value: String(view.debts.length) },
        ],
      },
      ...view.debts.flatMap((debt) => debtBlocks(debt, t)),
      { kind: 'heading', text: word('total') },
      {
        kind: 'table',
        columns: [
          { head: word('part'), width: '*' },
          { head: word('amount'), width: 130, align: 'right' },
        ],
        rows: [
          [word('principal'), formatYuan(total.principal)],
          [word('interest'), formatYuan(total.interest)],
          [word('costs'), formatYuan(total.costs)],
          ...(total.waived > 0 ? [[word('waived'), formatYuan(total.waived)]] : []),
        ],
        sums: [[word('all'), formatYuan(total.principal + total.interest + total.costs)]],
      },
      { kind: 'paragraph', small: true, runs: [{ text: word('remark') }] },
    ],
  }
}

function debtBlocks(debt: DebtSheet, t: Translate): DocumentBlock[] {
  const word = (key: string, params?: Record<string, string | number>) => t(`claims:sheet.${key}`, params)
  const { sheet, terms } = debt
  const rate = (segment: DebtSheet['sheet']['segments'][number]): string => {
    if (segment.paused) return word('paused')
    if (segment.rate === null) return word('noRate')
    const { key, params } = rateWords(segment.rate)
    return t(key, params)
  }
  return [
    { kind: 'heading', text: `${debt.contractNumber} ${debt.label}`.trim() },
    {
      kind: 'facts',
      columns: 2,
      items: [
        { label: word('amountDue'), value: formatYuan(debt.amount) },
        { label: word('dueDay'), value: debt.dueDay },
        {
          label: word('basis'),
          value: `${t(`receivables:basis.kinds.${terms.basis.kind}`)} · ${t(`contracts:articles.${debt.article}`)}`,
        },
        { label: word('dayCount'), value: word('days', { days: terms.dayCount }) },
        { label: word('paymentDay'), value: word(terms.paymentDayCounts ? 'counts' : 'countsNot') },
        { label: word('order'), value: word(`orders.${terms.order}`) },
      ],
    },
    {
      kind: 'table',
      columns: [
        { head: word('from'), width: 62 },
        { head: word('to'), width: 62 },
        { head: word('dayNumber'), width: 40, align: 'right' },
        { head: word('principal'), width: 84, align: 'right' },
        { head: word('rate'), width: '*' },
        { head: word('interest'), width: 78, align: 'right' },
      ],
      rows: sheet.segments.map((segment) => [
        segment.from,
        segment.to,
        String(segment.days),
        formatYuan(segment.principal),
        rate(segment),
        formatYuan(segment.interest),
      ]),
      sums: [[word('accrued'), '', '', '', '', formatYuan(sheet.accrued)]],
    },
    ...payments(sheet, t),
    {
      kind: 'facts',
      columns: 2,
      items: [
        { label: word('owedPrincipal'), value: formatYuan(sheet.owed.principal) },
        { label: word('owedInterest'), value: formatYuan(sheet.owed.interest) },
        { label: word('owedCosts'), value: formatYuan(sheet.owed.costs) },
        ...(sheet.waived > 0 ? [{ label: word('waived'), value: formatYuan(sheet.waived) }] : []),
        ...(sheet.fixed > 0 ? [{ label: word('fixed'), value: formatYuan(sheet.fixed) }] : []),
      ],
    },
    ...sheet.notes.map((note): DocumentBlock => ({
      kind: 'paragraph',
      small: true,
      runs: [{ text: t(note.key, note.params) }],
    })),
  ]
}

function payments(sheet: DebtSheet['sheet'], t: Translate): DocumentBlock[] {
  if (sheet.payments.length === 0 && sheet.reductions.length === 0) return []
  const word = (key: string) => t(`claims:sheet.${key}`)
  const lines = [
    ...sheet.payments.map((line) => ({ ...line, what: word('payment') })),
    ...sheet.reductions.map(({ day, amount }) => ({
      day,
      amount,
      costs: 0,
      interest: 0,
      principal: amount,
      what: word('reduction'),
    })),
  ].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  return [
    {
      kind: 'table',
      columns: [
        { head: word('day'), width: 62 },
        { head: word('what'), width: '*' },
        { head: word('amount'), width: 84, align: 'right' },
        { head: word('costs'), width: 70, align: 'right' },
        { head: word('interest'), width: 78, align: 'right' },
        { head: word('principal'), width: 84, align: 'right' },
      ],
      rows: lines.map((line) => [
        line.day,
        line.what,
        formatYuan(line.amount),
        formatYuan(line.costs),
        formatYuan(line.interest),
        formatYuan(line.principal),
      ]),
    },
  ]
}
