import type { Locale } from '#shared/i18n/locale.ts'
import { shownName, tagsOf } from '#shared/modules/wordtemplates/wordtemplates.documents.ts'
import { TEMPLATE_FIELDS } from '#shared/modules/wordtemplates/wordtemplates.fields.ts'
import { usable } from '#shared/modules/wordtemplates/wordtemplates.findings.rules.ts'
import type { EditionView } from '#shared/modules/wordtemplates/wordtemplates.schema.ts'
import { shownTag } from '#shared/modules/wordtemplates/wordtemplates.tags.rules.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'

type Findings = EditionView['findings']
type Place = NonNullable<Findings['faults'][number]['place']>

/** So many places of one name are told; the others are found by Word's own search. */
const PLACES = 3

const fieldByCode = (code: string) => TEMPLATE_FIELDS.find((field) => field.code === code)
const nameOf = (code: string, language: Locale) => {
  const field = fieldByCode(code)
  return field ? shownName(field, language) : code
}

/** What keeps a template from use, where it stands in the file, and what the law would have in it. */
export function FindingsList({ findings, language }: { findings: Findings; language: Locale }) {
  const t = useT()
  const { unknown, faults, missing, known } = findings
  return (
    <div className="template-findings">
      {usable(findings) ? (
        <StatusTag tone="done" icon>
          {t('wordtemplates:findings.ready')}
        </StatusTag>
      ) : (
        <StatusTag tone="danger" icon>
          {t('wordtemplates:findings.notReady', { count: unknown.length + faults.length })}
        </StatusTag>
      )}
      {faults.length === 0 ? null : (
        <Part title={t('wordtemplates:findings.faults')} count={faults.length}>
          {faults.map((fault) => (
            <li key={`${fault.code} ${fault.text} ${keyOf(fault.place)}`}>
              <code>{fault.text}</code>
              <span>
                {t(`wordtemplates:faults.${fault.code}`, fault.list ? { list: nameOf(fault.list, language) } : {})}
              </span>
              <PlaceWords place={fault.place} />
            </li>
          ))}
        </Part>
      )}
      {unknown.length === 0 ? null : (
        <Part title={t('wordtemplates:findings.unknown')} count={unknown.length}>
          {unknown.map(({ name, suggestion, places }) => (
            <li key={name}>
              <code>{shownTag({ mark: 'field', name })}</code>
              <span>
                {suggestion === null
                  ? t('wordtemplates:findings.unknownText')
                  : t('wordtemplates:findings.suggestion', { name: suggestion })}
                {places.length > PLACES ? ` · ${t('wordtemplates:findings.times', { count: places.length })}` : ''}
              </span>
              <span className="template-places">
                {places.slice(0, PLACES).map((place) => (
                  <PlaceWords key={keyOf(place)} place={place} />
                ))}
              </span>
            </li>
          ))}
        </Part>
      )}
      {missing.length === 0 ? null : (
        <section aria-label={t('wordtemplates:findings.missing')}>
          <h3>{heading(t('wordtemplates:findings.missing'), missing.length)}</h3>
          <p className="muted">{t('wordtemplates:findings.missingHint')}</p>
          <MissingList missing={missing} language={language} />
        </section>
      )}
      {known.length === 0 ? null : (
        <details>
          <summary>{heading(t('wordtemplates:page.known'), known.length)}</summary>
          <p className="template-known">
            {known.map(({ code, count }) => (
              <span key={code}>
                {nameOf(code, language)}
                {count > 1 ? <span className="muted"> ×{count}</span> : null}
              </span>
            ))}
          </p>
        </details>
      )}
    </div>
  )
}

const heading = (title: string, count: number) => `${title} ${count}`
const keyOf = (place: Place | null) => (place === null ? '' : `${place.part} ${place.paragraph} ${place.excerpt}`)

function Part(props: { title: string; count: number; children: React.ReactNode }) {
  return (
    <section aria-label={props.title}>
      <h3>{heading(props.title, props.count)}</h3>
      <ul className="template-faults">{props.children}</ul>
    </section>
  )
}

/** Where it stands, as a reader counts, and the words around it, for Word's search. */
function PlaceWords({ place }: { place: Place | null }) {
  const t = useT()
  if (place === null) return <span className="muted">{t('wordtemplates:findings.place.nowhere')}</span>
  const where =
    place.cell === null
      ? t('wordtemplates:findings.place.paragraph', { no: place.paragraph })
      : t('wordtemplates:findings.place.cell', place.cell)
  return (
    <span className="muted">
      {t(`wordtemplates:findings.place.${place.part}`)} · {where}
      <q>{place.excerpt}</q>
    </span>
  )
}

/** Parts that the law or the check of contracts asks for, and the fields that would be them. */
export function MissingList({ missing, language }: { missing: Findings['missing']; language: Locale }) {
  const t = useT()
  const tag = (code: string) => {
    const field = fieldByCode(code)
    return field ? tagsOf(field, language, '') : code
  }
  return (
    <ul className="template-missing">
      {missing.map(({ part, article, fields }) => (
        <li key={part}>
          <span>{t(`wordtemplates:wanted.${part}`)}</span>
          <code>{fields.map(tag).join(' ')}</code>
          <span className="muted">{article === null ? '' : t(`contracts:articles.${article}`)}</span>
        </li>
      ))}
    </ul>
  )
}
