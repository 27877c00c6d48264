import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Dropdown, Spin, type MenuProps } from 'antd'
import { MoreOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { editionOn, shownEdition, standingOn } from '#shared/modules/clauses/clauses.editions.rules.ts'
import type { ClauseChoice, TemplateEdition, TemplateView } from '#shared/modules/clauses/clauses.schema.ts'
import { useTemplate } from '#renderer/modules/clauses/clauses.queries.ts'
import '#renderer/modules/clauses/clauses.css'
import { editionChanges } from '#renderer/modules/clauses/parts/edition-changes.ts'
import {
  EditionActions,
  EditionStory,
  standingAmong,
  Validity,
} from '#renderer/modules/clauses/parts/edition-facts.tsx'
import { useDiscard, useWithdraw } from '#renderer/modules/clauses/parts/edition-steps.ts'
import { LanguageChoice, SecondLanguageChoice } from '#renderer/modules/clauses/parts/language-choice.tsx'
import { PublishTemplate } from '#renderer/modules/clauses/parts/publish-template.tsx'
import { StandingTag, useFaultWords } from '#renderer/modules/clauses/parts/standing-tag.tsx'
import { useLanguageNames, useWordsIn } from '#renderer/modules/clauses/parts/use-words.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { saveFile } from '#renderer/ui/files.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { useConfirm, useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Facts, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import { PdfDialog } from '#renderer/ui/pdf-preview.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** One template: what it says, its editions, and whether contracts can be written by it. */
export function TemplatePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useTemplate(id)
  if (found.shownError) {
    return (
      <Page title={t('clauses:templates.view')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown key={id} view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: TemplateView }) {
  const t = useT()
  const nameOf = useWordsIn()
  const faultWords = useFaultWords()
  const [publishing, setPublishing] = useState(false)
  const [chosen, setChosen] = useState<number | null>(null)
  const draft = view.editions.find((edition) => edition.state === 'draft')
  const shown = view.editions.find((edition) => edition.no === chosen) ?? shownEdition(view.editions, firmToday())
  const { fault, standing } = view
  const hidden = fault === null || standing === 'draft' || standing === 'scheduled'
  return (
    <Page
      title={`${view.code} ${nameOf(view.names)}`}
      extra={
        <>
          <StandingTag standing={standing} />
          {view.standard ? <StatusTag tone="active">{t('clauses:templates.standard')}</StatusTag> : null}
        </>
      }
      action={<Actions view={view} onPublish={() => setPublishing(true)} />}
    >
      {hidden ? null : (
        <div className="notice" role="status">
          {faultWords(fault, view.code)}
        </div>
      )}
      <div className="columns-main">
        <OutlinePanel view={view} edition={shown} />
        <div className="page">
          <FactsPanel view={view} />
          <EditionsPanel view={view} shown={shown.no} onShow={setChosen} />
        </div>
      </div>
      {draft ? (
        <PublishTemplate view={view} no={draft.no} open={publishing} onClose={() => setPublishing(false)} />
      ) : null}
    </Page>
  )
}

function Actions({ view, onPublish }: { view: TemplateView; onPublish: () => void }) {
  const t = useT()
  const go = useGo()
  const may = useCan('clauses.write')
  const menu = useMenu(view)
  const draft = view.editions.find((edition) => edition.state === 'draft')
  return (
    <span className="action-bar">
      {menu.items.length === 0 ? null : (
        <Dropdown trigger={['click']} menu={menu}>
          <Button icon={<MoreOutlined aria-hidden />} aria-label={t('clauses:templates.more')} />
        </Dropdown>
      )}
      {may && draft ? (
        <Button onClick={() => go(`/contract-templates/${view.id}/edit`)}>{t('clauses:page.edit')}</Button>
      ) : null}
      {may ? (
        <Button type="primary" onClick={() => (draft ? onPublish() : go(`/contract-templates/${view.id}/edit`))}>
          {draft ? t('clauses:page.publishDraft', { no: draft.no }) : t('clauses:page.next')}
        </Button>
      ) : null}
    </span>
  )
}

/** What is done with a template now and then. */
function useMenu(view: TemplateView): { items: NonNullable<MenuProps['items']>; onClick: MenuProps['onClick'] } {
  const t = useT()
  const navigate = useNavigate()
  const confirm = useConfirm()
  const notice = useNotice()
  const may = useCan('clauses.write')
  const mayExport = useCan('clauses.export')
  const { id, version, kind } = view
  const versioned = { id: id as never, version }
  const draft = view.editions.some((edition) => edition.state === 'draft')
  const discard = useDiscard('/contract-templates', view.editions.length === 1, () =>
    api.clauses.templates.discard(versioned),
  )
  const makeStandard = async () => {
    const sure = await confirm({
      title: t('clauses:templates.standardTitle'),
      text: t('clauses:templates.standardText', { kind: t(`contracts:kinds.${kind}`) }),
      action: t('clauses:templates.makeStandard'),
      danger: false,
    })
    if (sure === null) return
    await api.clauses.templates.makeStandard(versioned)
    notice.done(t('clauses:templates.madeStandard'))
  }
  const exportFile = async () => {
    const { fileId } = await api.clauses.templates.exportFile({ id: id as never })
    await saveFile(fileId)
    notice.done(t('clauses:file.exported'))
  }
  const steps: Readonly<Record<string, () => Promise<unknown>>> = {
    standard: makeStandard,
    export: exportFile,
    copy: () => navigate({ to: '/contract-templates/new' as never, search: { copy: id } as never }),
    discard,
  }
  const items = [
    ...(may && !view.standard ? [{ key: 'standard', label: t('clauses:templates.makeStandard') }] : []),
    ...(may ? [{ key: 'copy', label: t('clauses:composer.copy') }] : []),
    ...(mayExport ? [{ key: 'export', label: t('clauses:templates.exportFile') }] : []),
    ...(may && draft ? [{ key: 'discard', label: t('clauses:page.discard'), danger: true }] : []),
  ]
  return { items, onClick: ({ key }) => void steps[key]?.().catch((error: unknown) => notice.fail(error)) }
}

function FactsPanel({ view }: { view: TemplateView }) {
  const t = useT()
  const languages = useLanguageNames()
  const counting = editionOn(view.editions, firmToday())
  return (
    <Panel title={t('clauses:templates.facts')}>
      <Facts
        items={[
          { label: t('clauses:fields.kind'), value: t(`contracts:kinds.${view.kind}`) },
          { label: t('clauses:columns.languages'), value: languages(counting?.languages ?? []) },
          ...LOCALES.filter((language) => view.names[language] !== '').map((language) => ({
            label: t(`contracts:languages.${language}`),
            value: view.names[language],
          })),
        ]}
      />
    </Panel>
  )
}

/** The articles of one edition with the clauses in them, and the edition as a PDF. */
function OutlinePanel({ view, edition }: { view: TemplateView; edition: TemplateEdition }) {
  const t = useT()
  const notice = useNotice()
  const own = useLocale()
  const [chosen, setLanguage] = useState<Locale | null>(null)
  const [second, setSecond] = useState<Locale | null>(null)
  const [pdf, setPdf] = useState<{ fileId: string; name: string } | null>(null)
  const language = chosen ?? (edition.languages.includes(own) ? own : (edition.languages[0] ?? own))
  const beside = second === language ? null : second
  const clauses = new Map(view.clauses.map((choice) => [choice.editionId, choice]))
  const { heading, preamble, acknowledgement, articles } = edition
  const preview = async () => {
    const wording = { heading, preamble, acknowledgement, articles, remark: '' } as never
    try {
      setPdf(await api.clauses.templates.preview({ kind: view.kind, language, second: beside, wording }))
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Panel
      title={`${t('clauses:templates.articles')} · ${t('clauses:page.edition', { no: edition.no })}`}
      extra={
        <>
          <LanguageChoice label={t('clauses:editor.previewLanguage')} value={language} onChange={setLanguage} />
          <SecondLanguageChoice first={language} value={beside} onChange={setSecond} />
          <Button size="small" onClick={() => void preview()}>
            {t('clauses:templates.preview')}
          </Button>
        </>
      }
    >
      <div className="outline" lang={language}>
        <h3>{heading[language] || '—'}</h3>
        <p>{preamble[language]}</p>
        <ol className="outline-articles">
          {articles.map((article, index) => (
            <li key={index}>
              <h4>{article.heading[language] || '—'}</h4>
              <ul className="outline-items">
                {article.items.map((item, place) => (
                  <OutlineItem
                    key={place}
                    clause={item.kind === 'clause' ? (clauses.get(item.editionId) ?? null) : null}
                    block={item.kind === 'clause' ? null : item.kind}
                    language={language}
                  />
                ))}
              </ul>
            </li>
          ))}
        </ol>
        <p className="major">{acknowledgement[language]}</p>
      </div>
      <PdfDialog file={pdf} onClose={() => setPdf(null)} />
    </Panel>
  )
}

function OutlineItem(props: { clause: ClauseChoice | null; block: string | null; language: Locale }) {
  const t = useT()
  const { clause, language } = props
  if (props.block !== null) return <li className="muted">〔{t(`clauses:blocks.${props.block}`)}〕</li>
  if (!clause) return <li className="muted">{t('clauses:composer.missingClause')}</li>
  const standing = standingOn(clause, firmToday())
  return (
    <li className={clause.major ? 'major' : undefined}>
      <Link to={`/clauses/${clause.clauseId}` as never}>
        {clause.code}/{clause.no}
      </Link>{' '}
      {standing === 'inForce' ? null : <StandingTag standing={standing} />}{' '}
      {clause.texts[language] || <span className="muted">{t('clauses:page.noText')}</span>}
    </li>
  )
}

function EditionsPanel(props: { view: TemplateView; shown: number; onShow: (no: number) => void }) {
  const t = useT()
  const { view } = props
  const clauses = new Map(view.clauses.map((choice) => [choice.editionId, choice]))
  const withdraw = useWithdraw(
    () => t('clauses:withdrawing.template'),
    (no, reason) => api.clauses.templates.withdraw({ id: view.id as never, version: view.version, no, reason }),
  )
  return (
    <Panel title={t('clauses:page.editions')}>
      <table className="plain-table editions">
        <tbody>
          {view.editions.map((edition, index) => (
            <tr key={edition.no} className={edition.no === props.shown ? 'chosen' : undefined}>
              <td>
                <button type="button" className="link-button" onClick={() => props.onShow(edition.no)}>
                  {t('clauses:page.edition', { no: edition.no })}
                </button>{' '}
                <StandingTag standing={standingAmong(view.editions, edition)} />
                <div>
                  <Validity edition={edition} />
                </div>
                <Changes before={view.editions[index + 1] ?? null} after={edition} clauses={clauses} />
                <EditionStory edition={edition} />
                {edition.contracts === 0 ? null : (
                  <div className="muted">{t('clauses:templates.contracts', { count: edition.contracts })}</div>
                )}
              </td>
              <td>
                <EditionActions
                  edition={edition}
                  editions={view.editions}
                  editor={`/contract-templates/${view.id}/edit`}
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

function Changes(props: {
  before: TemplateEdition | null
  after: TemplateEdition
  clauses: ReadonlyMap<string, ClauseChoice>
}) {
  const t = useT()
  if (props.before === null) return null
  const { added, removed, changed } = editionChanges(props.before, props.after, props.clauses)
  const parts = [
    ...(added.length > 0 ? [`${t('clauses:templates.added')} ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`${t('clauses:templates.removed')} ${removed.join(', ')}`] : []),
    ...changed,
  ]
  return parts.length === 0 ? null : <div className="muted">{parts.join(' · ')}</div>
}
