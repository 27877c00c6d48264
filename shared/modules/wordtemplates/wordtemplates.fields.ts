import type { Locale } from '#shared/i18n/locale.ts'
import { tagName, fillText, type WordScope } from '#shared/kernel/word-model.ts'
import {
  CONTRACT_TEXTS,
  TEXT_LISTS,
  type FilledTexts,
  type TextGroup,
  type TextKind,
  type TextList,
} from '#shared/modules/contracts/contracts.fill.rules.ts'
import shipped from './field-names.json' with { type: 'json' }

/** What a template of the firm may name: what a contract says, and the lists in it. */
export interface TemplateField {
  /** The same in every language. */
  readonly code: string
  readonly kind: TextKind | 'list'
  readonly group: TextGroup
  /** The list that it stands in; null: anywhere. */
  readonly within: TextList | null
  /** Names that may stand between the braces, by language; the first is the one that is shown. */
  readonly names: Readonly<Record<Locale, readonly string[]>>
}

/**
 * The names are no words of a screen but the language of templates that firms keep: one that was handed out is never
 * changed, only added to.
 */
const NAMES = shipped as Readonly<Record<string, Readonly<Record<Locale, readonly string[]>>>>
const namesOf = (code: string) => NAMES[code] ?? { 'zh-CN': [], 'zh-TW': [], en: [] }

/** Every field of the catalogue, in the order in which a contract is read; a list stands before what is in it. */
export const TEMPLATE_FIELDS: readonly TemplateField[] = CONTRACT_TEXTS.flatMap((text, index): TemplateField[] => {
  const field = { ...text, names: namesOf(text.code) }
  const opens = text.within !== null && CONTRACT_TEXTS[index - 1]?.within !== text.within ? text.within : null
  if (opens === null) return [field]
  return [{ code: opens, kind: 'list', group: text.group, within: null, names: namesOf(opens) }, field]
})

/** What may stand between the braces for a field: its code and all its names, as they are compared. */
export function spellings({ code, names }: TemplateField): string[] {
  return [...new Set([code, ...Object.values(names).flat()].map(tagName))]
}

type Names = ReadonlyMap<string, TemplateField>

function namesWithin(within: TextList | null): Names {
  return new Map(
    TEMPLATE_FIELDS.filter((field) => field.within === within).flatMap((field) =>
      spellings(field).map((name) => [name, field] as const),
    ),
  )
}

const OUTSIDE = namesWithin(null)
const WITHIN = new Map(TEXT_LISTS.map((list) => [list, namesWithin(list)]))

/** The field that a name means outside of lists, or within one: there its own names come first. */
export function fieldOf(name: string, within: TextList | null): TemplateField | null {
  const compared = tagName(name)
  const own = within === null ? undefined : WITHIN.get(within)?.get(compared)
  return own ?? OUTSIDE.get(compared) ?? null
}

/** The list that a name would mean something in, where it means nothing outside. */
export function listKnowing(name: string): TextList | null {
  return TEXT_LISTS.find((list) => WITHIN.get(list)?.has(tagName(name))) ?? null
}

/** Every name that means something there, as it is shown. */
export function namesKnown(
  within: TextList | null,
): readonly { readonly name: string; readonly field: TemplateField }[] {
  return TEMPLATE_FIELDS.filter((field) => field.within === null || field.within === within).flatMap((field) =>
    [...new Set([...Object.values(field.names).flat(), field.code])].map((name) => ({ name, field })),
  )
}

/** What a template is filled with: every text under every name it has. */
export function templateScope({ texts, lists }: FilledTexts): WordScope {
  const named = (within: TextList | null, from: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      TEMPLATE_FIELDS.filter((field) => field.within === within && field.kind !== 'list').flatMap((field) =>
        spellings(field).map((name) => [name, fillText(from[field.code] ?? '')]),
      ),
    )
  const rows = (list: TextList): WordScope[] => lists[list].map((row) => ({ texts: named(list, row), lists: {} }))
  const listed = TEMPLATE_FIELDS.filter(({ kind }) => kind === 'list')
  return {
    texts: named(null, texts),
    lists: Object.fromEntries(
      listed.flatMap((field) => {
        const filled = rows(field.code as TextList)
        return spellings(field).map((name) => [name, filled])
      }),
    ),
  }
}
