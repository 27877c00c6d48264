import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { TEXT_GROUPS, type TextGroup } from '#shared/modules/contracts/contracts.fill.rules.ts'
import { TEMPLATE_FIELDS, type TemplateField } from './wordtemplates.fields.ts'
import { shownTag } from './wordtemplates.tags.rules.ts'

/** What a field is called in a language. */
export function shownName({ names, code }: TemplateField, language: Locale): string {
  return names[language][0] ?? code
}

/** What is typed into a template for a field: its tag, or the pair around a passage or list. */
export function tagsOf(field: TemplateField, language: Locale, inside: string): string {
  const name = shownName(field, language)
  if (field.kind !== 'condition' && field.kind !== 'list') return shownTag({ mark: 'field', name })
  return `${shownTag({ mark: 'open', name })}${inside}${shownTag({ mark: 'close', name })}`
}

/**
 * A sheet that holds every field once, ready to be copied from: a template itself, so that it can be handed in and
 * tried out. Its own words hold no braces.
 */
export function fieldSheet(language: Locale, t: Translate): DocumentModel {
  const words = (key: string) => t(`wordtemplates:sheet.${key}`)
  return {
    title: words('title'),
    language,
    landscape: true,
    number: '',
    issuer: words('title'),
    pageLabel: t('contracts:document.page'),
    blocks: [
      { kind: 'title', text: words('title'), subtitle: words('subtitle') },
      { kind: 'list', items: ['fields', 'passages', 'lists'].map((key) => words(`rules.${key}`)) },
      ...TEXT_GROUPS.flatMap((group) => groupBlocks(group, language, t)),
    ],
  }
}

function groupBlocks(group: TextGroup, language: Locale, t: Translate): DocumentBlock[] {
  const fields = TEMPLATE_FIELDS.filter((field) => field.group === group)
  const list = fields.find(({ kind }) => kind === 'list')
  const heading: DocumentBlock = { kind: 'heading', text: t(`wordtemplates:groups.${group}`) }
  return [heading, list ? listTable(list, fields, language, t) : fieldTable(fields, language, t)]
}

function fieldTable(fields: readonly TemplateField[], language: Locale, t: Translate): DocumentBlock {
  return {
    kind: 'table',
    columns: [
      { head: t('wordtemplates:sheet.field'), width: 180 },
      { head: t('wordtemplates:sheet.content'), width: '*' },
    ],
    rows: fields.map((field) => [
      shownName(field, language),
      tagsOf(field, language, t('wordtemplates:document.passage')),
    ]),
  }
}

/** A row that comes once for each of the list: it opens in its first cell and closes in its last. */
function listTable(
  list: TemplateField,
  fields: readonly TemplateField[],
  language: Locale,
  t: Translate,
): DocumentBlock {
  const columns = fields.filter((field) => field.within !== null)
  const cells = columns.map((field) => tagsOf(field, language, t('wordtemplates:document.passage')))
  const name = shownName(list, language)
  const row = cells.map((cell, index) => {
    const opening = index === 0 ? shownTag({ mark: 'open', name }) : ''
    const closing = index === cells.length - 1 ? shownTag({ mark: 'close', name }) : ''
    return `${opening}${cell}${closing}`
  })
  return {
    kind: 'table',
    columns: columns.map((field) => ({ head: shownName(field, language), width: '*' })),
    rows: [row],
  }
}
