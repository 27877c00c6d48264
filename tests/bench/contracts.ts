import { makeTranslator } from '#shared/i18n/translate.ts'
import { contractDocument } from '#shared/modules/contracts/contracts.documents.ts'
import { sampleFields, sampleSeller } from '#tests/helpers/sample-contract.ts'
import { shippedTemplate } from '#tests/helpers/shipped-templates.ts'
import { barePdf } from './bare-pdf.ts'
import { bareStatements, type BareFile } from './bare-sql.ts'
import type { BenchClient } from './core-seat.ts'
import { figure, type Figure } from './figures.ts'
import { COMMON_WORD } from './firm-words.ts'
import { median, percentile, timedByTurns } from './statistics.ts'
import { bar } from './terminal.ts'

const CALLS = 40
const WARM = 6
const LINES = 30

/** First pages of the ledger of all contracts, through the whole path. */
export async function measureLedger(client: BenchClient, file: BareFile): Promise<Figure[]> {
  const bare = bareStatements(file.db)
  const { id: owner } = file.db.prepare("SELECT id FROM users WHERE login_key = 'sales3'").get() as { id: string }
  const asked = { limit: 50, sort: { key: 'signDay', dir: 'desc' } } as const
  const { count } = file.db.prepare('SELECT count(*) count FROM contracts').get() as { count: number }
  const questions = [
    {
      key: 'ledger.newest',
      label: 'ledger of contracts: first page by day of signing',
      bare: () => bare.contracts(),
      whole: () => client.contracts.list({ ...asked, filters: {} }),
    },
    {
      key: 'ledger.owner',
      label: 'ledger of contracts: of one person',
      bare: () => bare.contractsOf(owner),
      whole: () => client.contracts.list({ ...asked, filters: { ownerId: owner as never } }),
    },
    {
      key: 'ledger.search',
      label: 'ledger of contracts: search of two characters',
      bare: () => bare.contractsWith(COMMON_WORD),
      whole: () => client.contracts.list({ ...asked, text: COMMON_WORD, filters: {} }),
    },
  ]
  const figures: Figure[] = []
  for (const [i, question] of questions.entries()) {
    bar('ledger of contracts', i, questions.length)
    const [expected, found] = [question.bare().length, (await question.whole()).rows.length]
    if (Math.min(expected, asked.limit) !== found) throw new Error(`${question.key}: ${found} rows, not ${expected}`)
    const samples = await timedByTurns(CALLS, WARM, question.bare, question.whole)
    const [value, plain] = [median(samples.whole), median(samples.bare)]
    figures.push(
      figure({
        key: question.key,
        label: question.label,
        value,
        unit: 'ms',
        bare: plain,
        ratio: value / plain,
        more: { contracts: count, rows: found },
      }),
      figure({
        key: `${question.key}.p95`,
        label: '  its 95th percentile',
        value: percentile(samples.whole, 0.95),
        unit: 'ms',
        atMost: 50,
      }),
    )
  }
  bar('ledger of contracts', questions.length, questions.length)
  return figures
}

/** A contract of thirty kinds of goods, from the form to the file at the seat, against pdfmake on the same definition. */
export async function measureContractPdf(client: BenchClient): Promise<Figure[]> {
  const { id: customerId } = (await client.customers.list({ limit: 1, sort: { key: 'name', dir: 'asc' }, filters: {} }))
    .rows[0]!
  const sample = sampleFields(customerId)
  const lines = Array.from({ length: LINES }, (_, n) => {
    const line = sample.lines[n % sample.lines.length]!
    return { ...line, name: `${line.name} ${n + 1}` }
  })
  const fields = { ...sample, lines }
  const input = { fields, seller: sampleSeller, sealName: '', number: '', state: 'draft', signDay: null } as const
  const model = contractDocument(input, shippedTemplate('zh-CN'), makeTranslator('zh-CN'))
  const draw = barePdf()
  bar('contract PDF', 0, 1)
  const samples = await timedByTurns(
    20,
    4,
    () => draw(model),
    () => client.contracts.preview({ id: null, fields }),
  )
  bar('contract PDF', 1, 1)
  const [value, plain] = [median(samples.whole), median(samples.bare)]
  return [
    figure({
      key: 'contract.pdf',
      label: `PDF of a contract with ${LINES} kinds of goods`,
      value,
      unit: 'ms',
      bare: plain,
      ratio: value / plain,
      atMost: 1.3,
      more: { p95: percentile(samples.whole, 0.95) },
    }),
  ]
}
