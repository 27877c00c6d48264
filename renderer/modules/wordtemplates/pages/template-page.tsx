import { useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { shownSize } from '#shared/modules/attachments/attachments.rules.ts'
import { usable } from '#shared/modules/wordtemplates/wordtemplates.findings.rules.ts'
import type { EditionView, TemplateView } from '#shared/modules/wordtemplates/wordtemplates.schema.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { RenameDrawer, UseDrawer, useWithdraw } from '#renderer/modules/wordtemplates/parts/edition-drawers.tsx'
import { FindingsList } from '#renderer/modules/wordtemplates/parts/findings-panel.tsx'
import { StandingTag } from '#renderer/modules/wordtemplates/parts/standing-tag.tsx'
import { EditionDrawer } from '#renderer/modules/wordtemplates/parts/upload-drawer.tsx'
import { useMadeFile } from '#renderer/modules/wordtemplates/parts/use-made-file.ts'
import '#renderer/modules/wordtemplates/wordtemplates.css'
import { api } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'

/** A template: its editions, and what was found in the file of the one at hand. */
export function TemplatePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useEntry('wordtemplates', id, () => api.wordTemplates.get({ id: id as never }))
  if (found.shownError) {
    return (
      <Page title={t('wordtemplates:title')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown key={id} view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: TemplateView }) {
  const t = useT()
  const may = useCan('wordtemplates.write')
  const [open, setOpen] = useState<'upload' | 'rename' | null>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const close = () => setOpen(null)
  const edition = view.editions.find(({ no }) => no === chosen) ?? view.editions[0]
  const kind = t(`contracts:kinds.${view.kind}`)
  return (
    <Page
      title={view.name}
      extra={
        <span className="muted">
          {kind} · {t(`contracts:languages.${view.language}`)}
        </span>
      }
      action={
        may ? (
          <span className="action-bar">
            <Button onClick={() => setOpen('rename')}>{t('wordtemplates:actions.rename')}</Button>
            <Button onClick={() => setOpen('upload')}>{t('wordtemplates:actions.addEdition')}</Button>
          </span>
        ) : null
      }
    >
      <Panel title={t('wordtemplates:page.editions')}>
        <EditionsTable editions={view.editions} chosen={edition?.no ?? 0} onChoose={setChosen} />
      </Panel>
      {edition ? <EditionPanel view={view} edition={edition} /> : null}
      <EditionDrawer view={view} open={open === 'upload'} onClose={close} onDone={setChosen} />
      <RenameDrawer view={view} open={open === 'rename'} onClose={close} />
    </Page>
  )
}

function EditionsTable(props: { editions: readonly EditionView[]; chosen: number; onChoose: (no: number) => void }) {
  const t = useT()
  const head = (key: string) => <th>{t(`wordtemplates:page.${key}`)}</th>
  const by = (moment: EditionView['putInUse']) =>
    moment === null ? '' : t('wordtemplates:page.by', { name: moment.byName, at: formatMoment(moment.at, SEAT_ZONE) })
  return (
    <div className="cells-scroll">
      <table className="plain-table template-editions">
        <thead>
          <tr>
            <th>{t('wordtemplates:columns.no')}</th>
            <th>{t('wordtemplates:columns.standing')}</th>
            <th>{t('wordtemplates:fields.validFrom')}</th>
            {head('file')}
            {head('made')}
            {head('putInUse')}
            {head('withdrawn')}
            <th>{t('wordtemplates:fields.remark')}</th>
          </tr>
        </thead>
        <tbody>
          {props.editions.map((edition) => (
            <tr key={edition.no} className={edition.no === props.chosen ? 'current' : ''}>
              <td>
                <button
                  type="button"
                  className="link-button"
                  aria-current={edition.no === props.chosen}
                  onClick={() => props.onChoose(edition.no)}
                >
                  {t('wordtemplates:edition', { no: edition.no })}
                </button>
              </td>
              <td>
                <StandingTag standing={edition.standing} />
              </td>
              <td>{edition.validFrom ?? ''}</td>
              <td>
                {edition.fileName} <span className="muted">{shownSize(edition.size)}</span>
              </td>
              <td>{by(edition.made)}</td>
              <td>{by(edition.putInUse)}</td>
              <td>{edition.withdrawn === null ? '' : `${by(edition.withdrawn)} · ${edition.withdrawn.reason}`}</td>
              <td>{edition.remark}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The edition at hand: what may be done with it, and what was found in it. */
function EditionPanel({ view, edition }: { view: TemplateView; edition: EditionView }) {
  const t = useT()
  const may = useCan('wordtemplates.write')
  const made = useMadeFile()
  const withdraw = useWithdraw()
  const [open, setOpen] = useState(false)
  const { no, findings, standing } = edition
  const of = { id: view.id as never, no }
  const mayWithdraw = may && standing !== 'withdrawn' && standing !== 'replaced'
  return (
    <Panel
      title={t('wordtemplates:page.findings', { no })}
      extra={
        <span className="action-bar template-actions">
          <Button size="small" loading={made.busy} onClick={() => made.save(() => api.wordTemplates.original(of))}>
            {t('wordtemplates:actions.original')}
          </Button>
          <Button
            size="small"
            disabled={findings.faults.length > 0}
            loading={made.busy}
            onClick={() => made.save(() => api.wordTemplates.tryOut(of))}
          >
            {t('wordtemplates:actions.tryOut')}
          </Button>
          {mayWithdraw ? (
            <Button size="small" onClick={() => void withdraw({ view, edition })}>
              {t('wordtemplates:actions.withdraw', { no })}
            </Button>
          ) : null}
          {may && standing === 'draft' ? (
            <Button size="small" type="primary" disabled={!usable(findings)} onClick={() => setOpen(true)}>
              {t('wordtemplates:actions.putInUse', { no })}
            </Button>
          ) : null}
        </span>
      }
    >
      <FindingsList findings={findings} language={view.language} />
      <p className="muted template-sum">
        {t('wordtemplates:page.fingerprint')} <code>{edition.sha256}</code>
      </p>
      <UseDrawer view={view} edition={edition} open={open} onClose={() => setOpen(false)} />
    </Panel>
  )
}
