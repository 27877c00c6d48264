import { useMemo } from 'react'
import {
  languageGaps,
  languagesOfTemplate,
  templateProblems,
  type Composition,
  type LanguageGap,
  type Pinned,
  type TemplateProblem,
} from '#shared/modules/clauses/clauses.compose.rules.ts'
import type { ContractKind } from '#shared/modules/clauses/clauses.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel, StatusTag } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { useLanguageNames } from './use-words.ts'

/** A problem of a template in words. */
export function useProblemWords(): (problem: TemplateProblem) => string {
  const t = useT()
  return ({ code, article, params }) => {
    const { topic, block, ...rest } = params
    const words = t(`clauses:problems.${code}`, {
      ...rest,
      ...(topic === undefined ? {} : { topic: t(`clauses:topics.${topic}`) }),
      ...(block === undefined ? {} : { block: t(`clauses:blocks.${block}`) }),
    })
    return article === null ? words : `${t('clauses:composer.article', { n: article })} · ${words}`
  }
}

/** What keeps the template from being published today, what its kind usually says, and which language lacks what. */
export function TemplateProblems(props: { composition: Composition; pinned: Pinned; kind: ContractKind }) {
  const t = useT()
  const words = useProblemWords()
  const languages = useLanguageNames()
  const { composition, pinned, kind } = props
  const problems = useMemo(() => templateProblems(composition, pinned, kind, firmToday()), [composition, pinned, kind])
  const gaps = useMemo(() => languageGaps(composition, pinned), [composition, pinned])
  const complete = useMemo(() => languagesOfTemplate(composition, pinned), [composition, pinned])
  const errors = problems.filter((problem) => problem.severity === 'error')
  const warnings = problems.filter((problem) => problem.severity === 'warning')
  const counts = [
    ...(errors.length > 0 ? [t('clauses:composer.errors', { count: errors.length })] : []),
    ...(warnings.length > 0 ? [t('clauses:composer.warnings', { count: warnings.length })] : []),
  ]
  const gapWords = (gap: LanguageGap) =>
    t(`clauses:gaps.${gap.part}`, { language: t(`contracts:languages.${gap.language}`), name: gap.name })
  // A language in which nothing is written yet is told once by not being among the complete ones.
  const begun = gaps.filter((gap) => composition.heading[gap.language] !== '')
  return (
    <Panel title={t('clauses:composer.check')} extra={<span className="muted">{counts.join(' · ')}</span>}>
      <p className="muted">{t('clauses:composer.languagesNow', { list: languages(complete) })}</p>
      {problems.length === 0 && begun.length === 0 ? (
        <StatusTag tone="done" icon>
          {t('clauses:composer.fine')}
        </StatusTag>
      ) : (
        <ul className="problems" tabIndex={0} aria-label={t('clauses:composer.check')}>
          {errors.map((problem) => (
            <li key={words(problem)}>
              <StatusTag tone="danger">{words(problem)}</StatusTag>
            </li>
          ))}
          {begun.map((gap) => (
            <li key={gapWords(gap)}>
              <StatusTag tone="attention">{gapWords(gap)}</StatusTag>
            </li>
          ))}
          {warnings.map((problem) => (
            <li key={words(problem)}>
              <StatusTag tone="neutral">{words(problem)}</StatusTag>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
