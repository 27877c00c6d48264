import { Select } from 'antd'
import { useState } from 'react'
import { LOCALES } from '#shared/i18n/locale.ts'
import type { ClauseEdition } from '#shared/modules/clauses/clauses.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel } from '#renderer/ui/parts.tsx'
import { RedlineText } from './redline-text.tsx'

/** Any two editions of a clause side by side, language by language. */
export function ClauseCompare({ editions }: { editions: readonly ClauseEdition[] }) {
  const t = useT()
  const rising = editions.toSorted((a, b) => a.no - b.no)
  const [from, setFrom] = useState<number | null>(null)
  const [to, setTo] = useState<number | null>(null)
  const after = rising.find((edition) => edition.no === to) ?? rising.at(-1)!
  const before =
    rising.find((edition) => edition.no === from) ?? rising.findLast((edition) => edition.no < after.no) ?? after
  if (rising.length < 2) {
    return (
      <Panel title={t('clauses:page.compare')}>
        <p className="muted">{t('clauses:page.one')}</p>
      </Panel>
    )
  }
  const options = rising.map(({ no, state }) => ({
    value: no,
    label: `${t('clauses:page.edition', { no })}${state === 'draft' ? ` · ${t('clauses:standings.draft')}` : ''}`,
  }))
  const used = LOCALES.filter((language) => before.texts[language] !== '' || after.texts[language] !== '')
  return (
    <Panel title={t('clauses:page.compare')}>
      <div className="compare-head">
        <label>
          <span className="muted">{t('clauses:page.compareFrom')}</span>{' '}
          <Select aria-label={t('clauses:page.compareFrom')} value={before.no} options={options} onChange={setFrom} />
        </label>
        <label>
          <span className="muted">{t('clauses:page.compareTo')}</span>{' '}
          <Select aria-label={t('clauses:page.compareTo')} value={after.no} options={options} onChange={setTo} />
        </label>
      </div>
      <FactChanges before={before} after={after} />
      <table className="plain-table compare-table">
        <thead>
          <tr>
            <td />
            <th>{t('clauses:page.edition', { no: before.no })}</th>
            <th>{t('clauses:page.edition', { no: after.no })}</th>
          </tr>
        </thead>
        <tbody>
          {used.map((language) => {
            const texts = { before: before.texts[language], after: after.texts[language] }
            return (
              <tr key={language}>
                <th scope="row">{t(`contracts:languages.${language}`)}</th>
                <td>
                  <RedlineText {...texts} side="before" />
                </td>
                <td>
                  <RedlineText {...texts} side="after" />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Panel>
  )
}

/** Whether the clause stands for something else now, or is of major interest now. */
function FactChanges({ before, after }: { before: ClauseEdition; after: ClauseEdition }) {
  const t = useT()
  const when = (of: ClauseEdition) => (of.when === '' ? t('clauses:page.always') : t(`clauses:placeholders.${of.when}`))
  const major = (of: ClauseEdition) => t(`clauses:yesNo.${of.major ? 'yes' : 'no'}`)
  const notes = [
    ...(before.when === after.when
      ? []
      : [t('clauses:page.whenChanged', { before: when(before), after: when(after) })]),
    ...(before.major === after.major
      ? []
      : [t('clauses:page.majorChanged', { before: major(before), after: major(after) })]),
    ...(LOCALES.every((language) => before.texts[language] === after.texts[language]) ? [t('clauses:page.same')] : []),
  ]
  return notes.map((note) => (
    <p key={note} className="muted">
      {note}
    </p>
  ))
}
