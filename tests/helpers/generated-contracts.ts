import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { asDay } from '#shared/kernel/dates.ts'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { contractDocument } from '#shared/modules/contracts/contracts.documents.ts'
import { secondLanguageOf } from '#shared/modules/contracts/contracts.languages.ts'
import { contractFields, DUE_RULES, TRIGGERS, type ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import { asBilingual, asPriceList, asServices } from './contract-kinds.ts'
import { spreadRare, STANDARD_RARE } from './rare-characters.ts'
import { sampleFields, sampleSeller } from './sample-contract.ts'
import { shippedTemplate } from './shipped-templates.ts'

/** What a contract may be; another one is another line here. */
const VARIANTS: Readonly<Record<string, (fields: ContractFields) => void>> = {
  goods: () => undefined,
  services: asServices,
  'price list': asPriceList,
  'two languages': asBilingual,
}

export interface GeneratedContract {
  readonly name: string
  readonly model: DocumentModel
}

/** Contracts from a seed, the same on every run: all variants and languages, from short to as long as the form allows. */
export function generatedContracts(count: number, seed = 20_260_101): GeneratedContract[] {
  const names = Object.keys(VARIANTS)
  return Array.from({ length: count }, (_, i) => {
    const variant = names[i % names.length] as string
    const language = LOCALES[Math.floor(i / names.length) % LOCALES.length] as Locale
    return generated(i, variant, language, dice(seed + i))
  })
}

/** Even numbers from 0 to 1, by the seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function generated(index: number, variant: string, language: Locale, roll: () => number): GeneratedContract {
  const fields = sampleFields(undefined, language)
  VARIANTS[variant]?.(fields)
  grow(fields, writer(roll), roll)
  const number = `HT-2026-${String(index + 1).padStart(4, '0')}`
  const second = secondLanguageOf(fields)
  const model = contractDocument(
    {
      fields: contractFields.parse(fields),
      seller: sampleSeller,
      sealName: '重庆渝机配件有限公司合同专用章',
      number,
      state: index % 3 === 0 ? 'draft' : 'signed',
      signDay: index % 3 === 0 ? null : '2026-05-18',
    },
    shippedTemplate(language, fields.kind),
    makeTranslator(language),
    second === null ? null : { template: shippedTemplate(second, fields.kind), t: makeTranslator(second) },
  )
  return { name: `${number} (${variant}, ${language})`, model }
}

interface Text {
  /** Up to so many characters; every tenth text has all of them. */
  upTo(most: number): string
  /** One unbroken word of a part number. */
  word(most: number): string
}

const RARE = Array.from(STANDARD_RARE + spreadRare(499))
const PHRASES = [
  '出卖人应当按照约定的时间、地点和方式交付标的物，',
  '“深沟球轴承”（6205-2RS）',
  '以 GB/T 276-2013 为准；',
  'ISO 9001:2015 certified, ',
  '单价 1,234.56 元／套。',
  'the Buyer’s “Goods” shall conform; ',
  '𠮷野・䶮川《补充协议》——',
  '25×52×15 mm ± 0.02%',
]

function writer(roll: () => number): Text {
  const pick = <T>(list: readonly T[]) => list[Math.floor(roll() * list.length)] as T
  const cut = (text: string, most: number) => Array.from(text).slice(0, most).join('').toWellFormed()
  return {
    upTo(most) {
      const length = roll() < 0.1 ? most : 1 + Math.floor(roll() ** 3 * most)
      let text = ''
      while (text.length < length) text += roll() < 0.15 ? pick(RARE) : pick(PHRASES)
      // Characters beyond U+FFFF count twice for the form.
      return cut(text, length)
        .slice(0, most)
        .replace(/[\ud800-\udbff]$/, '')
        .trim()
    },
    word: (most) => 'ABC-1234_XYZ/56789.'.repeat(10).slice(0, 1 + Math.floor(roll() * most)),
  }
}

function grow(fields: ContractFields, text: Text, roll: () => number): void {
  const upTo = (most: number) => 1 + Math.floor(roll() ** 3 * most)
  const pick = <T>(list: readonly T[]) => list[Math.floor(roll() * list.length)] as T
  const { terms } = fields
  fields.title = text.upTo(80) || '购销'
  fields.buyer = { ...fields.buyer, name: text.upTo(80), address: text.upTo(120), bankName: text.upTo(80) }
  fields.theirSigner = text.upTo(40)
  const [line] = fields.lines
  if (line) {
    fields.lines = Array.from({ length: upTo(60) }, () => ({
      ...line,
      name: text.upTo(80),
      spec: roll() < 0.2 ? text.word(120) : text.upTo(120),
      unit: text.upTo(10),
      quantity: line.quantity === 0 ? 0 : upTo(10_000_000),
      price: upTo(100_000_000),
    }))
  }
  const [instalment] = fields.plan
  if (instalment) {
    fields.plan = Array.from({ length: upTo(36) }, () => ({
      ...instalment,
      label: text.upTo(40),
      trigger: pick(TRIGGERS),
      days: upTo(3660),
      dayKind: pick(['natural', 'working'] as const),
      dueRule: pick(DUE_RULES),
      monthDay: upTo(31),
      fixedDay: asDay('2026-12-31'),
      share: { kind: 'percent', rate: upTo(10_000) },
    }))
  }
  for (const [key, most] of [
    ['quality', 1000],
    ['packaging', 500],
    ['deliveryTerms', 500],
    ['inspection', 1000],
    ['warranty', 1000],
    ['breach', 2000],
    ['other', 4000],
  ] as const) {
    // Every second contract has the clauses of the sample, so that short ones are among them.
    if (roll() < 0.5) terms[key] = Array.from({ length: upTo(3) }, () => text.upTo(most / 3)).join('\n')
  }
  if (roll() < 0.3) terms.annexes = [{ title: text.upTo(80), text: text.upTo(5000) }]
}
