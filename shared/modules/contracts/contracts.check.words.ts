import han from '#shared/i18n/han.json' with { type: 'json' }
import words from './contract-words.json' with { type: 'json' }
import { SECOND_TEXTS, secondLanguageOf } from './contracts.languages.ts'
import type { ContractDraft, Finding } from './contracts.schema.ts'

export type WordKey = keyof typeof words

const compiled = new Map<WordKey, RegExp>()

/** The words of a kind, in the scripts and languages a contract is written in, as one expression. */
export function wordsOf(key: WordKey): RegExp {
  const known = compiled.get(key) ?? new RegExp(words[key].join('|'), 'iu')
  compiled.set(key, known)
  return known
}

/** Whether a text says something of this kind. */
export const says = (key: WordKey, text: string): boolean => wordsOf(key).test(text)

/** Amounts in capital characters of either script, wherever they stand in a text. */
export function capitalsPattern(): RegExp {
  const all = Object.values(han.capitals)
  const digits = [...new Set(all.flatMap((c) => [...c.digits, ...c.units, ...c.groups].join('').split('')))].join('')
  const ends = [...new Set(all.flatMap((c) => [c.jiao, c.fen, c.whole]))].join('')
  const yuan = [...new Set(all.map((c) => c.yuan))].join('')
  return new RegExp(`[${digits}]{2,}[${yuan}][${digits}${ends}]*`, 'gu')
}

/** Every text that people write freely, with its place. */
export function freeTexts(fields: ContractDraft): { text: string; path: Finding['path'] }[] {
  const { terms } = fields
  const names = [
    'quality',
    'packaging',
    'deliveryTerms',
    'inspection',
    'warranty',
    'breach',
    'settlement',
    'serviceLevel',
    'callOff',
    'priceAdjust',
    'other',
  ] as const
  const second = secondLanguageOf(fields) === null ? [] : SECOND_TEXTS
  return [
    ...names.map((name) => ({ text: terms[name], path: ['terms', name] })),
    ...second.map((name) => ({ text: terms.second[name], path: ['terms', 'second', name] })),
    ...terms.annexes.map(({ text }, index) => ({ text, path: ['terms', 'annexes', index, 'text'] })),
    ...fields.plan.map((line, index) => ({ text: line.label, path: ['plan', index, 'label'] })),
  ].filter(({ text }) => text.trim() !== '')
}
