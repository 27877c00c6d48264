import { capitalsPattern, wordsOf } from './contracts.check.words.ts'
import { contractSums, lineSums, splitPlan } from './contracts.rules.ts'
import type { ContractDraft } from './contracts.schema.ts'

const HIDDEN = '***'
const FIGURE = /[0-9][0-9,，]*(?:\.[0-9]+)?/g
/** Shorter figures are sizes, counts and articles of standards more often than money. */
const LEAST_DIGITS = 4

/**
 * Takes money out of texts for readers who may not see prices: whatever bears a mark of currency, amounts in capitals,
 * and longer figures that are one of the contract's prices or amounts.
 */
export function moneyHider(fields: ContractDraft): (text: string) => string {
  const known = new Set(moneyOf(fields).map(plainFigure))
  const marked = new RegExp(wordsOf('money').source, 'giu')
  return (text) =>
    text
      .replace(capitalsPattern(), HIDDEN)
      .replace(marked, HIDDEN)
      .replace(FIGURE, (figure) => {
        const plain = plainFigure(figure)
        return plain.replace('.', '').length >= LEAST_DIGITS && known.has(plain) ? HIDDEN : figure
      })
}

/** Every price and amount of a contract as a decimal in yuan. */
function moneyOf(fields: ContractDraft): string[] {
  const sums = contractSums(fields.lines)
  const fen = [
    ...fields.lines.flatMap((line) => Object.values(lineSums(line))),
    ...Object.values(sums),
    ...splitPlan(sums.amount, fields.plan).amounts,
    ...(fields.terms.estimatedLoss === null ? [] : [fields.terms.estimatedLoss]),
  ]
  return [
    ...fields.lines.map((line) => (line.price / 10_000).toFixed(4)),
    ...fen.map((amount) => (amount / 100).toFixed(2)),
  ]
}

/** 1,234.50 and 1234.5 are the same figure. */
function plainFigure(figure: string): string {
  const plain = figure.replace(/[,，]/g, '')
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain
}
