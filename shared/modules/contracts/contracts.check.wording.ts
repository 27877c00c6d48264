import han from '#shared/i18n/han.json' with { type: 'json' }
import { formatYuan } from '#shared/kernel/money.ts'
import { parseRmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import { weAreSmall } from './contracts.check.payment.ts'
import type { CheckInput, CheckRule, Place } from './contracts.check.types.ts'
import { capitalsPattern, freeTexts, wordsOf, type WordKey } from './contracts.check.words.ts'
import { splitPlan } from './contracts.rules.ts'

/** A rule that looks for words in every free text. */
function wording(
  code: string,
  severity: CheckRule['severity'],
  article: string,
  key: WordKey,
  severityOf?: (input: CheckInput) => CheckRule['severity'],
): CheckRule {
  return {
    code,
    severity,
    article,
    find: (input) =>
      freeTexts(input.fields).flatMap(({ text, path }): Place[] => {
        const found = wordsOf(key).exec(text)
        if (!found) return []
        const place: Place = { path, params: { words: found[0] } }
        return [severityOf ? { ...place, severity: severityOf(input) } : place]
      }),
  }
}

/** A third party's payment as a condition is void towards a small firm; elsewhere it is a risk that is agreed on. */
const protectedFromOthers = (input: CheckInput): CheckRule['severity'] =>
  weAreSmall(input) && ['large', 'publicBody'].includes(input.fields.terms.buyerSize) ? 'error' : 'warning'

/** What is written in free words: clauses that are void or dangerous, and amounts that are not those of the contract. */
export const WORDING_RULES: readonly CheckRule[] = [
  wording('third_party_pays', 'warning', 'sme9c', 'thirdPartyPays', protectedFromOthers),
  wording('exclusion', 'warning', 'civil497', 'exclusion'),
  wording('disputed_stops', 'warning', 'sme15', 'disputedStops'),
  wording('waiver', 'warning', 'sales18', 'waiver'),
  wording('principal_first', 'warning', 'civil561', 'principalFirst'),
  wording('invoice_words', 'error', 'invoice21', 'invoiceWords'),
  wording('oral_change', 'warning', 'civil469', 'orally'),
  wording('kickback', 'error', 'competition8', 'reputation'),
  wording('open_price', 'warning', 'civil511', 'openPrice'),
  wording('electronic_seal', 'note', 'signature13', 'electronicSeal'),
  {
    code: 'deposit_word',
    severity: 'warning',
    article: 'general67',
    find: ({ fields }) =>
      freeTexts(fields).flatMap(({ text, path }): Place[] => {
        const isDeposit = path[0] === 'plan' && fields.plan[path[1] as number]?.isDeposit === true
        const found = isDeposit ? null : wordsOf('deposit').exec(text)
        return found ? [{ path, params: { words: found[0] } }] : []
      }),
  },
  {
    code: 'deposit_name',
    severity: 'error',
    article: 'general67',
    find: ({ fields }) =>
      fields.plan.flatMap((line, index): Place[] => {
        const found = line.isDeposit ? wordsOf('deposit').exec(line.label) : null
        return found ? [{ path: ['plan', index, 'label'], params: { words: found[0] } }] : []
      }),
  },
  { code: 'total_in_text', severity: 'error', article: 'civil470', find: (input) => totalsInText(input) },
  { code: 'capitals_in_text', severity: 'error', article: 'payment10', find: (input) => capitalsInText(input) },
]

function groupWords(): string {
  return [han.capitals['zh-CN'].groups[1], han.capitals['zh-TW'].groups[1]].join('|')
}

/** A total that is written into a text must be the total. */
function totalsInText({ fields, sums }: CheckInput): Place[] {
  const amount = String.raw`[^0-9。；;\n]{0,14}([0-9][0-9,，]*(?:\.[0-9]{1,2})?)\s*(?:${groupWords()})?`
  const pattern = new RegExp(`(?:${wordsOf('totals').source})${amount}`, 'iu')
  return freeTexts(fields).flatMap(({ text, path }): Place[] => {
    const found = pattern.exec(text)
    const figures = found?.slice(1).find((group) => group !== undefined && /^[0-9]/.test(group))
    if (!found || figures === undefined) return []
    const tenThousands = new RegExp(`(?:${groupWords()})$`, 'u').test(found[0])
    const fen = Math.round(Number(figures.replace(/[,，]/g, '')) * 100) * (tenThousands ? 10_000 : 1)
    if (fen === sums.amount) return []
    return [{ path, params: { written: formatYuan(fen), total: formatYuan(sums.amount) } }]
  })
}

/** Amounts in capitals must be readable and be one of the contract's: the total, its net or tax, an instalment. */
function capitalsInText({ fields, sums }: CheckInput): Place[] {
  const known = new Set<number>([sums.amount, sums.net, sums.tax, ...splitPlan(sums.amount, fields.plan).amounts])
  return freeTexts(fields).flatMap(({ text, path }) =>
    capitalsOf(text).flatMap((written): Place[] => {
      const fen = readCapitals(written)
      if (fen !== null && known.has(fen)) return []
      const read = fen === null ? '' : formatYuan(fen)
      return [{ path, params: { written, read, total: formatYuan(sums.amount) } }]
    }),
  )
}

function capitalsOf(text: string): string[] {
  return [...text.matchAll(capitalsPattern())].map((match) => match[0])
}

function readCapitals(written: string): number | null {
  for (const locale of ['zh-CN', 'zh-TW'] as const) {
    try {
      return parseRmbCapitals(written, locale)
    } catch {
      // Not in these characters; the others are tried.
    }
  }
  return null
}
