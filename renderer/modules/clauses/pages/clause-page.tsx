import { Link, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { editionOn } from '#shared/modules/clauses/clauses.editions.rules.ts'
import type { ClauseUse, ClauseView } from '#shared/modules/clauses/clauses.schema.ts'
import { useClause } from '#renderer/modules/clauses/clauses.queries.ts'
import '#renderer/modules/clauses/clauses.css'
import { ClauseCompare } from '#renderer/modules/clauses/parts/clause-compare.tsx'
import { ClausePrint } from '#renderer/modules/clauses/parts/clause-print.tsx'
import {
  EditionActions,
  EditionStory,
  standingAmong,
  Validity,
} from '#renderer/modules/clauses/parts/edition-facts.tsx'
import { useDiscard, useWithdraw } from '#renderer/modules/clauses/parts/edition-steps.ts'
import { LanguageChoice } from '#renderer/modules/clauses/parts/language-choice.tsx'
import { PublishClause } from '#renderer/modules/clauses/parts/publish-clause.tsx'
import { StandingTag } from '#renderer/modules/clauses/parts/standing-tag.tsx'
import { useWordsIn } from '#renderer/modules/clauses/parts/use-words.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** One clause: its text, its editions, what they changed, and the templates that hold it. */
export function ClausePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useClause(id)
  if (found.shownError) {
    return (
      <Page title={t('clauses:page.view')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown key={id} view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: ClauseView }) {
  const t = useT()
  const nameOf = useWordsIn()
  const [publishing, setPublishing] = useState(false)
  const draft = view.editions.find((edition) => edition.state === 'draft')
  return (
    <Page
      title={`${view.code} ${nameOf(view.names)}`}
      extra={<StandingTag standing={view.standing} />}
      action={<Actions view={view} onPublish={() => setPublishing(true)} />}
    >
      <div className="columns-main">
        <div className="page">
          <TextPanel view={view} />
          <ClauseCompare editions={view.editions} />
        </div>
        <div className="page">
          <Panel title={t('clauses:page.facts')}>
            <Facts
              items={[
                { label: t('clauses:fields.topic'), value: t(`clauses:topics.${view.topic}`) },
                {
                  label: t('clauses:fields.kinds'),
                  value: view.kinds.map((kind) => t(`contracts:kinds.${kind}`)).join(' · '),
                },
                ...LOCALES.filter((language) => view.names[language] !== '').map((language) => ({
                  label: t(`contracts:languages.${language}`),
                  value: view.names[language],
                })),
              ]}
            />
          </Panel>
          <EditionsPanel view={view} />
          <UsesPanel uses={view.uses} />
        </div>
      </div>
      {draft ? (
        <PublishClause view={view} no={draft.no} open={publishing} onClose={() => setPublishing(false)} />
      ) : null}
    </Page>
  )
}

function Actions({ view, onPublish }: { view: ClauseView; onPublish: () => void }) {
  const t = useT()
  const go = useGo()
  const may = useCan('clauses.write')
  const { id, version } = view
  const draft = view.editions.find((edition) => edition.state === 'draft')
  const discard = useDiscard('/clauses', view.editions.length === 1, () =>
    api.clauses.discard({ id: id as never, version }),
  )
  if (!may) return null
  if (!draft) {
    return (
      <Button type="primary" onClick={() => go(`/clauses/${id}/edit`)}>
        {t('clauses:page.next')}
      </Button>
    )
  }
  return (
    <span className="action-bar">
      <Button danger onClick={() => void discard()}>
        {t('clauses:page.discard')}
      </Button>
      <Button onClick={() => go(`/clauses/${id}/edit`)}>{t('clauses:page.edit')}</Button>
      <Button type="primary" onClick={onPublish}>
        {t('clauses:page.publishDraft', { no: draft.no })}
      </Button>
    </span>
  )
}

/** The text of one edition as it is printed. */
function TextPanel({ view }: { view: ClauseView }) {
  const t = useT()
  const counting = editionOn(view.editions, firmToday()) ?? view.editions[0]!
  const [language, setLanguage] = useState<Locale>(counting.languages[0] ?? LOCALES[0])
  return (
    <Panel
      title={`${t('clauses:fields.texts')} · ${t('clauses:page.edition', { no: counting.no })}`}
      extra={<LanguageChoice label={t('clauses:editor.previewLanguage')} value={language} onChange={setLanguage} />}
    >
      {counting.texts[language] === '' ? (
        <p className="muted">{t('clauses:page.noText')}</p>
      ) : (
        <ClausePrint
          text={counting.texts[language]}
          major={counting.major}
          kind={view.kinds[0] ?? 'goods_sale'}
          language={language}
        />
      )}
      <p className="muted">
        {t('clauses:editor.sampleNote')}
        {counting.when === '' ? '' : ` · ${t('clauses:page.whenFact')}: ${t(`clauses:placeholders.${counting.when}`)}`}
        {counting.major ? ` · ${t('clauses:major')}` : ''}
      </p>
    </Panel>
  )
}

function EditionsPanel({ view }: { view: ClauseView }) {
  const t = useT()
  const nameOf = useWordsIn()
  const usedIn = (no: number) =>
    view.uses.filter((use) => use.clauseNo === no).map((use) => `${use.code} ${nameOf(use.names)}`)
  const consequences = (no: number) => {
    const uses = usedIn(no)
    const text = t('clauses:withdrawing.clause')
    return uses.length === 0 ? text : `${text} ${t('clauses:withdrawing.clauseUses', { list: uses.join(', ') })}`
  }
  const withdraw = useWithdraw(consequences, (no, reason) =>
    api.clauses.withdraw({ id: view.id as never, version: view.version, no, reason }),
  )
  return (
    <Panel title={t('clauses:page.editions')}>
      <table className="plain-table editions">
        <tbody>
          {view.editions.map((edition) => (
            <tr key={edition.no}>
              <td>
                <strong>{t('clauses:page.edition', { no: edition.no })}</strong>{' '}
                <StandingTag standing={standingAmong(view.editions, edition)} />
                <div>
                  <Validity edition={edition} />
                </div>
                <EditionStory edition={edition} />
              </td>
              <td>
                <EditionActions
                  edition={edition}
                  editions={view.editions}
                  editor={`/clauses/${view.id}/edit`}
                  onWithdraw={withdraw}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function UsesPanel({ uses }: { uses: readonly ClauseUse[] }) {
  const t = useT()
  const nameOf = useWordsIn()
  return (
    <Panel title={t('clauses:page.uses')}>
      {uses.length === 0 ? <p className="muted">{t('clauses:page.noUses')}</p> : null}
      <ul className="plain-list">
        {uses.map((use) => (
          <li key={use.templateId}>
            <Link to={`/contract-templates/${use.templateId}` as never}>
              {use.code} {nameOf(use.names)}
            </Link>
            <div className="muted">{t('clauses:page.useWith', { edition: use.editionNo, clause: use.clauseNo })}</div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
