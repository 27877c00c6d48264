import { formatRate } from '#shared/i18n/formatters.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel, SignatureParty, TableBlock } from '#shared/kernel/document-model.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import { formatPrice, formatQuantity, formatShare } from './contracts.format.ts'
import { contractSums, lineSums, splitPlan, type Sums } from './contracts.rules.ts'
import type { ContractDraft, ContractState, Party, PlanLine } from './contracts.schema.ts'
import { fillPlaceholders, type ContractTemplate, type TemplateClause } from './contracts.template.ts'

/** What a contract is printed from: the form, our side, and what its state says of it. */
export interface ContractDocumentInput {
  readonly fields: ContractDraft
  readonly seller: Party
  /** Printed at the seal's place; the seller's name where the firm gave none. */
  readonly sealName: string
  readonly number: string
  readonly state: ContractState
  readonly signDay: string | null
}

/** Characters of the amount in capitals: those of the document where it is Chinese, mainland ones otherwise. */
function capitalsOf(amount: number, language: Locale): string {
  return rmbCapitals(amount, language === 'zh-TW' ? 'zh-TW' : 'zh-CN')
}

/** Values of the template's placeholders; a name without a value is not in the map. */
export function contractPlaceholders(input: ContractDocumentInput, t: Translate): ReadonlyMap<string, string> {
  const { fields, seller } = input
  const { terms } = fields
  const sums = contractSums(fields.lines)
  const yuan = (fen: number) => t('contracts:document.yuan', { figures: formatYuan(fen) })
  const percent = (basisPoints: number) => t('contracts:document.perDay', { percent: basisPoints / 100 })
  const values: [string, string][] = [
    ['netFigures', yuan(sums.net)],
    ['taxFigures', yuan(sums.tax)],
    ['quality', terms.quality],
    ['packaging', terms.packaging],
    ['deliveryPlace', terms.deliveryPlace],
    ['deliveryTerms', terms.deliveryTerms],
    ['deliveryDay', terms.deliveryDay ?? ''],
    ['inspection', terms.inspection],
    ['inspectionDays', terms.inspectionDays === null ? '' : String(terms.inspectionDays)],
    ['sellerBank', seller.bankName],
    ['sellerAccount', seller.bankAccount],
    ['deposit', fields.plan.some((line) => line.isDeposit) ? 'yes' : ''],
    ['warrantyMonths', terms.warrantyMonths ? String(terms.warrantyMonths) : ''],
    ['warranty', terms.warranty],
    ['penaltyRate', terms.penaltyPerDay === null ? '' : percent(terms.penaltyPerDay)],
    ['breach', terms.breach],
    ['disputeCourt', terms.disputeWay === 'court' ? terms.disputePlace : ''],
    ['disputeArbitration', terms.disputeWay === 'arbitration' ? terms.disputePlace : ''],
    ['other', terms.other],
    ['copies', String(terms.copies)],
    ['settlement', terms.settlement],
    ['retainTitle', terms.retainTitle ? 'yes' : ''],
    ['smeNotice', terms.smeNotice ? 'yes' : ''],
    ['serviceAddress', terms.serviceAddress],
    ['serviceEmail', terms.serviceEmail],
    ['startDay', terms.startDay ?? ''],
    ['endDay', terms.endDay ?? ''],
  ]
  const filled = new Map(values.filter(([, value]) => value.trim() !== ''))
  // Empty on purpose where there is no limit: the sentence around it stays whole.
  const cap = terms.penaltyCap
  filled.set('penaltyCapClause', cap === null ? '' : t('contracts:document.penaltyCap', { percent: cap / 100 }))
  return filled
}

/**
 * The contract as a printed document: parties, articles of the template with the figures in their place, signatures.
 * A draft and a void contract say so across every page.
 */
export function contractDocument(
  input: ContractDocumentInput,
  template: ContractTemplate,
  t: Translate,
): DocumentModel {
  const { fields, seller } = input
  const mark =
    input.state === 'draft'
      ? t('contracts:document.watermark')
      : input.state === 'void'
        ? t('contracts:document.voidMark')
        : null
  const values = contractPlaceholders(input, t)
  const blank = t('contracts:document.blank')
  return {
    title: `${template.heading} ${input.number}`,
    language: fields.language,
    number: `${t('contracts:document.number')} ${input.number}`,
    issuer: seller.name,
    pageLabel: t('contracts:document.page'),
    ...(mark === null ? {} : { watermark: mark }),
    blocks: [
      { kind: 'title', text: template.heading, subtitle: fields.title },
      headFacts(input, t),
      parties(input, t),
      { kind: 'paragraph', runs: [{ text: template.preamble }], indent: true },
      ...template.articles.flatMap((article, index): DocumentBlock[] => [
        { kind: 'heading', text: articleHeading(index, article.heading, t) },
        ...article.clauses.flatMap((clause) => clauseBlocks(clause, input, values, blank, t)),
      ]),
      { kind: 'paragraph', runs: [{ text: template.acknowledgement, bold: true }], indent: true },
      { kind: 'signatures', parties: signatures(input, t) },
    ],
  }
}

/** Numbers of articles are words in Chinese; beyond the list of words they go on as figures. */
function articleHeading(index: number, heading: string, t: Translate): string {
  const numeral = t('contracts:document.numerals').split(' ')[index] ?? String(index + 1)
  return t('contracts:document.article', { numeral, heading })
}

function headFacts(input: ContractDocumentInput, t: Translate): DocumentBlock {
  const blank = t('contracts:document.blank')
  return {
    kind: 'facts',
    columns: 2,
    items: [
      { label: t('contracts:document.number'), value: input.number },
      { label: t('contracts:document.signDay'), value: input.signDay ?? blank },
      { label: t('contracts:document.signPlace'), value: input.fields.signPlace || blank },
    ],
  }
}

/** Both sides next to each other, one row for each thing that identifies them or reaches them. */
function parties({ fields, seller }: ContractDocumentInput, t: Translate): TableBlock {
  const blank = t('contracts:document.blank')
  const rows = ['name', 'uscc', 'address', 'legalRepresentative', 'phone', 'bankName', 'bankAccount'] as const
  return {
    kind: 'table',
    columns: [
      { head: t('contracts:document.party'), width: 96 },
      { head: t('contracts:document.seller'), width: '*', align: 'left' },
      { head: t('contracts:document.buyer'), width: '*', align: 'left' },
    ],
    rows: rows.map((key) => [t(`contracts:document.${key}`), seller[key] || blank, fields.buyer[key] || blank]),
  }
}

function clauseBlocks(
  clause: TemplateClause,
  input: ContractDocumentInput,
  values: ReadonlyMap<string, string>,
  blank: string,
  t: Translate,
): DocumentBlock[] {
  if (clause.kind === 'lines') {
    const rule: DocumentBlock = { kind: 'paragraph', small: true, runs: [{ text: t('contracts:document.taxRule') }] }
    return [linesTable(input.fields, t), rule]
  }
  if (clause.kind === 'total') return [totalParagraph(input.fields, t)]
  if (clause.kind === 'plan') return [planTable(input.fields, t)]
  if (clause.when !== undefined && !values.has(clause.when)) return []
  const text = fillPlaceholders(clause.text, values, blank)
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ kind: 'paragraph', runs: [{ text: line, bold: clause.emphasis === true }], indent: true }))
}

function totalParagraph(fields: ContractDraft, t: Translate): DocumentBlock {
  const { amount } = contractSums(fields.lines)
  const text = t('contracts:document.total', {
    figures: formatYuan(amount),
    capitals: capitalsOf(amount, fields.language),
  })
  return { kind: 'paragraph', runs: [{ text, bold: true }], indent: true }
}

function linesTable(fields: ContractDraft, t: Translate): TableBlock {
  const head = (key: string) => t(`contracts:document.${key}`)
  const sums: Sums = contractSums(fields.lines)
  return {
    kind: 'table',
    columns: [
      { head: head('lineNo'), width: 28, align: 'center' },
      { head: head('lineName'), width: '*' },
      { head: head('lineSpec'), width: '*' },
      { head: head('lineUnit'), width: 32, align: 'center' },
      { head: head('lineQuantity'), width: 52, align: 'right' },
      { head: head('linePrice'), width: 68, align: 'right' },
      { head: head('lineRate'), width: 34, align: 'right' },
      { head: head('lineAmount'), width: 78, align: 'right' },
    ],
    rows: fields.lines.map((line, index) => [
      String(index + 1),
      line.name,
      line.spec,
      line.unit,
      formatQuantity(line.quantity),
      formatPrice(line.price),
      formatRate(line.rate),
      formatYuan(lineSums(line).amount),
    ]),
    sums: [[head('lineSum'), '', '', '', '', '', '', formatYuan(sums.amount)]],
  }
}

function planTable(fields: ContractDraft, t: Translate): TableBlock {
  const head = (key: string) => t(`contracts:document.${key}`)
  const { amount } = contractSums(fields.lines)
  const { amounts } = splitPlan(amount, fields.plan)
  return {
    kind: 'table',
    columns: [
      { head: head('planNo'), width: 28, align: 'center' },
      { head: head('planLabel'), width: '*' },
      { head: head('planCondition'), width: '*' },
      { head: head('planShare'), width: 56, align: 'right' },
      { head: head('planAmount'), width: 90, align: 'right' },
    ],
    rows: fields.plan.map((line, index) => [
      String(index + 1),
      line.isDeposit ? t('contracts:document.depositMark', { label: line.label }) : line.label,
      planCondition(line, t),
      formatShare(amounts[index] ?? 0, amount, line.share),
      formatYuan(amounts[index] ?? 0),
    ]),
    sums: [[head('lineSum'), '', '', '', formatYuan(amounts.reduce((sum, part) => sum + part, 0))]],
  }
}

/** When an instalment is due, in the document's words. */
export function planCondition(line: PlanLine, t: Translate): string {
  if (line.trigger === 'fixed') {
    return t('contracts:document.condition.fixed', { day: line.fixedDay ?? t('contracts:document.blank') })
  }
  if (line.dueRule === 'monthDay') {
    return t(`contracts:document.monthDay.${line.trigger}`, { day: line.monthDay ?? 31 })
  }
  if (line.dueRule === 'monthEnd') {
    return t(`contracts:document.monthEnd.${line.trigger}`, {
      days: line.days,
      dayKind: t(`contracts:document.dayKinds.${line.dayKind}`),
    })
  }
  if (line.days === 0) return t(`contracts:document.onDay.${line.trigger}`)
  return t(`contracts:document.condition.${line.trigger}`, {
    days: line.days,
    dayKind: t(`contracts:document.dayKinds.${line.dayKind}`),
  })
}

function signatures(input: ContractDocumentInput, t: Translate): SignatureParty[] {
  const { fields, seller } = input
  const blank = t('contracts:document.blank')
  const lines = (signer: string) => [
    `${t('contracts:document.signature')}${t('contracts:document.colon')}${signer || blank}`,
    `${t('contracts:document.date')}${t('contracts:document.colon')}${input.signDay ?? blank}`,
  ]
  return [
    {
      heading: t('contracts:document.seller'),
      name: seller.name || blank,
      lines: lines(fields.ourSigner),
      seal: input.sealName || t('contracts:document.sealPlace'),
    },
    {
      heading: t('contracts:document.buyer'),
      name: fields.buyer.name || blank,
      lines: lines(fields.theirSigner),
      seal: t('contracts:document.sealPlace'),
    },
  ]
}
