import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import { formatQuantity } from '#shared/modules/contracts/contracts.format.ts'
import type { FirmProfile } from '#shared/modules/office/office.schema.ts'
import type { Account, AccountMovement } from './claims.statements.rules.ts'
import type { StatementPeriod } from './claims.statements.schema.ts'

interface PrintedMovement extends AccountMovement {
  readonly kind: string
  readonly number: string
  readonly label: string
}

export interface StatementDocumentInput {
  readonly number: string
  readonly language: Locale
  readonly day: string
  readonly period: StatementPeriod
  readonly firm: FirmProfile
  readonly customer: { readonly name: string; readonly address: string; readonly contactName: string }
  readonly account: Account<PrintedMovement>
  readonly open: readonly {
    readonly contractNumber: string
    readonly label: string
    readonly dueDay: string | null
    readonly outstanding: number
    readonly days: number
  }[]
  readonly outstanding: number
  readonly ahead: number
  readonly ages: readonly { readonly key: string; readonly amount: number }[]
  readonly invoices: readonly { readonly day: string; readonly number: string; readonly amount: number }[]
  readonly deliveries: readonly {
    readonly day: string
    readonly number: string
    readonly name: string
    readonly unit: string
    readonly quantity: number
  }[]
  readonly answerBy: string
  /** Printed across a statement that is only looked at. */
  readonly preview: boolean
}

/** Goods and invoices listed at most; more would hide the balance behind paper. */
const MOST = 60

/**
 * A statement of account: the balance at both ends with everything between them, what is open by its due day and age,
 * what was invoiced and delivered, that it confirms the principal and waives nothing, and a slip to sign and send back.
 */
export function statementDocument(input: StatementDocumentInput, t: Translate): DocumentModel {
  const { language, period, firm, customer, account } = input
  const word = (key: string, params?: Record<string, string | number>) => t(`claims:statement.${key}`, params)
  const capitals = rmbCapitals(Math.abs(account.closing), language === 'zh-TW' ? 'zh-TW' : 'zh-CN')
  const figures = { figures: formatYuan(account.closing), capitals: language === 'en' ? '' : capitals }
  const indent = language !== 'en'
  return {
    title: word('title'),
    language,
    number: input.number,
    issuer: firm.name,
    pageLabel: word('page'),
    ...(input.preview ? { watermark: word('watermark') } : {}),
    blocks: [
      { kind: 'title', text: word('title'), subtitle: word('period', { from: period.fromDay, to: period.asOf }) },
      { kind: 'paragraph', runs: [{ text: word('to', { name: customer.name }), bold: true }] },
      ...(customer.address === '' && customer.contactName === ''
        ? []
        : [
            {
              kind: 'paragraph' as const,
              runs: [{ text: [customer.address, customer.contactName].filter(Boolean).join('  ') }],
            },
          ]),
      {
        kind: 'paragraph',
        indent,
        runs: [
          { text: word('opening', { day: period.asOf }) },
          { text: word(language === 'en' ? 'closingFigures' : 'closingBoth', figures), bold: true },
          { text: word('openingEnd', { day: input.answerBy }) },
        ],
      },
      summary(input, t),
      { kind: 'heading', text: word('open') },
      openTable(input, t),
      ages(input, t),
      { kind: 'heading', text: word('movements') },
      movements(input, t),
      ...invoices(input, t),
      ...deliveries(input, t),
      { kind: 'paragraph', indent, runs: [{ text: word('reservation'), bold: true }] },
      {
        kind: 'facts',
        columns: 2,
        items: [
          { label: word('payee'), value: firm.name },
          { label: word('bank'), value: firm.bankName },
          { label: word('account'), value: firm.bankAccount },
          { label: word('phone'), value: firm.phone },
        ].filter((item) => item.value !== ''),
      },
      {
        kind: 'signatures',
        parties: [
          { heading: '', name: '', lines: [], seal: '' },
          {
            heading: firm.name,
            name: '',
            lines: [word('handler'), input.day],
            seal: word('seal', { seal: firm.sealName || firm.name }),
          },
        ],
      },
      { kind: 'rule' },
      ...slip(input, t),
    ],
  }
}

function summary({ account, outstanding, ahead }: StatementDocumentInput, t: Translate): DocumentBlock {
  const word = (key: string) => t(`claims:statement.${key}`)
  return {
    kind: 'table',
    columns: [
      { head: word('openingBalance'), width: '*', align: 'right' },
      { head: word('raised'), width: '*', align: 'right' },
      { head: word('received'), width: '*', align: 'right' },
      { head: word('closingBalance'), width: '*', align: 'right' },
      ...(ahead === 0 ? [] : [{ head: word('ahead'), width: '*' as const, align: 'right' as const }]),
      { head: word('outstanding'), width: '*', align: 'right' },
    ],
    rows: [
      [
        formatYuan(account.opening),
        formatYuan(account.raised),
        formatYuan(account.received),
        formatYuan(account.closing),
        ...(ahead === 0 ? [] : [formatYuan(ahead)]),
        formatYuan(outstanding),
      ],
    ],
  }
}

function openTable({ open, outstanding }: StatementDocumentInput, t: Translate): DocumentBlock {
  const word = (key: string, params?: Record<string, string | number>) => t(`claims:statement.${key}`, params)
  if (open.length === 0) return { kind: 'paragraph', runs: [{ text: word('nothingOpen') }] }
  return {
    kind: 'table',
    columns: [
      { head: word('contract'), width: 96 },
      { head: word('label'), width: '*' },
      { head: word('dueDay'), width: 66 },
      { head: word('state'), width: 84 },
      { head: word('amount'), width: 88, align: 'right' },
    ],
    rows: open.map((debt) => [
      debt.contractNumber,
      debt.label,
      debt.dueDay ?? '',
      debt.dueDay === null ? word('waiting') : debt.days > 0 ? word('overdueBy', { days: debt.days }) : word('notDue'),
      formatYuan(debt.outstanding),
    ]),
    sums: [[word('sum'), '', '', '', formatYuan(outstanding)]],
  }
}

function ages({ ages: sums }: StatementDocumentInput, t: Translate): DocumentBlock {
  const shown = sums.filter(({ key, amount }) => amount !== 0 || key === 'not_due')
  return {
    kind: 'table',
    columns: shown.map(({ key }) => ({ head: bucketWord(key, t), width: '*' as const, align: 'right' as const })),
    rows: [shown.map(({ amount }) => formatYuan(amount))],
  }
}

/** The name of a bucket, whatever bounds the firm has set. */
function bucketWord(key: string, t: Translate): string {
  const [, from, to] = /^d(\d+)_(\d+)$/.exec(key) ?? []
  if (from !== undefined && to !== undefined) return t('claims:statement.age.between', { from, to })
  const [, over] = /^over_(\d+)$/.exec(key) ?? []
  if (over !== undefined) return t('claims:statement.age.over', { days: over })
  return t(key === 'not_due' ? 'claims:statement.age.notDue' : 'claims:statement.age.noDay')
}

function movements({ account, period }: StatementDocumentInput, t: Translate): DocumentBlock {
  const word = (key: string) => t(`claims:statement.${key}`)
  const rows = account.lines.map((line) => [
    line.day,
    word(`kinds.${line.kind}`),
    [line.number, ['debt', 'changed', 'cancelled', 'interest', 'writeOff'].includes(line.kind) ? line.label : '']
      .filter(Boolean)
      .join(' '),
    line.amount > 0 ? formatYuan(line.amount) : '',
    line.amount < 0 ? formatYuan(-line.amount) : '',
    formatYuan(line.balance),
  ])
  return {
    kind: 'table',
    columns: [
      { head: word('day'), width: 62 },
      { head: word('kind'), width: 74 },
      { head: word('document'), width: '*' },
      { head: word('plus'), width: 78, align: 'right' },
      { head: word('minus'), width: 78, align: 'right' },
      { head: word('balance'), width: 84, align: 'right' },
    ],
    rows: [[period.fromDay, word('openingBalance'), '', '', '', formatYuan(account.opening)], ...rows],
    sums: [
      [word('sum'), '', '', formatYuan(account.raised), formatYuan(account.received), formatYuan(account.closing)],
    ],
  }
}

function invoices({ invoices: issued }: StatementDocumentInput, t: Translate): DocumentBlock[] {
  if (issued.length === 0) return []
  const word = (key: string, params?: Record<string, string | number>) => t(`claims:statement.${key}`, params)
  return [
    { kind: 'heading', text: word('invoices') },
    {
      kind: 'table',
      columns: [
        { head: word('day'), width: 66 },
        { head: word('invoiceNumber'), width: '*' },
        { head: word('amount'), width: 100, align: 'right' },
      ],
      rows: issued.slice(0, MOST).map((one) => [one.day, one.number, formatYuan(one.amount)]),
      sums: [[word('sum'), '', formatYuan(issued.reduce((sum, one) => sum + one.amount, 0))]],
    },
    ...more(issued.length, t),
  ]
}

function deliveries({ deliveries: goods }: StatementDocumentInput, t: Translate): DocumentBlock[] {
  if (goods.length === 0) return []
  const word = (key: string) => t(`claims:statement.${key}`)
  return [
    { kind: 'heading', text: word('deliveries') },
    {
      kind: 'table',
      columns: [
        { head: word('day'), width: 66 },
        { head: word('order'), width: 100 },
        { head: word('goods'), width: '*' },
        { head: word('quantity'), width: 90, align: 'right' },
      ],
      rows: goods
        .slice(0, MOST)
        .map((one) => [one.day, one.number, one.name, `${formatQuantity(one.quantity)} ${one.unit}`.trim()]),
    },
    ...more(goods.length, t),
  ]
}

function more(count: number, t: Translate): DocumentBlock[] {
  if (count <= MOST) return []
  const text = t('claims:statement.more', { count: count - MOST })
  return [{ kind: 'paragraph', small: true, runs: [{ text }] }]
}

/** What the other side signs and sends back: that it agrees, or with what it does not. */
function slip(input: StatementDocumentInput, t: Translate): DocumentBlock[] {
  const word = (key: string, params?: Record<string, string | number>) => t(`claims:statement.slip.${key}`, params)
  const { firm, customer, period, account } = input
  const amount = formatYuan(account.closing)
  return [
    { kind: 'heading', text: word('title') },
    { kind: 'paragraph', runs: [{ text: word('to', { firm: firm.name }), bold: true }] },
    { kind: 'list', ordered: false, items: [word('agrees', { day: period.asOf, amount }), word('differs')] },
    { kind: 'paragraph', small: true, runs: [{ text: t('claims:statement.reservation') }] },
    {
      kind: 'signatures',
      parties: [
        { heading: '', name: '', lines: [], seal: '' },
        {
          heading: customer.name,
          name: '',
          lines: [word('signer'), word('role'), word('day')],
          seal: word('seal'),
        },
      ],
    },
  ]
}
