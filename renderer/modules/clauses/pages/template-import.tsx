import { Button, Spin } from 'antd'
import { useState } from 'react'
import type { BundlePlan } from '#shared/modules/clauses/clauses.contract.ts'
import '#renderer/modules/clauses/clauses.css'
import { useWordsIn } from '#renderer/modules/clauses/parts/use-words.ts'
import { api, type ShownError } from '#renderer/rpc/api.ts'
import { FileDrop } from '#renderer/ui/file-drop.tsx'
import { useHasWords, useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import { useAttempt } from '#renderer/ui/use-attempt.ts'
import { useGo } from '#renderer/ui/use-go.ts'

interface Checked {
  readonly fileId: string
  readonly name: string
  readonly plan: BundlePlan
}

/** Takes templates in from another data file: first what the file would do, then, if nothing is in the way, it. */
export function TemplateImportPage() {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const [checked, setChecked] = useState<Checked | null>(null)
  const { attempt, busy, failure } = useAttempt()
  const read = (file: File) =>
    attempt(async () => {
      const { fileId } = await api.files.upload({ file })
      setChecked({ fileId, name: file.name, plan: await api.clauses.templates.checkFile({ fileId: fileId as never }) })
    })
  const run = ({ fileId }: Checked) =>
    attempt(async () => {
      const { clauses, templates } = await api.clauses.templates.importFile({ fileId: fileId as never })
      notice.done(t('clauses:file.done', { templates: templates.length, clauses }))
      go(templates.length === 1 ? `/contract-templates/${templates[0]}` : '/contract-templates')
    })

  return (
    <Page title={t('clauses:file.title')}>
      {failure ? <FileFailure error={failure} /> : null}
      {checked === null ? (
        <Panel>
          <p className="muted">{t('clauses:file.hint')}</p>
          {busy ? (
            <Spin />
          ) : (
            <FileDrop accept=".json" text={t('clauses:file.choose')} onFile={(file) => void read(file)} />
          )}
        </Panel>
      ) : (
        <Plan checked={checked} busy={busy} onRun={() => void run(checked)} onOther={() => setChecked(null)} />
      )}
    </Page>
  )
}

/** A failure, and what is wrong with the file where it is the file. */
function FileFailure({ error }: { error: ShownError }) {
  const t = useT()
  const hasWords = useHasWords()
  const { problem, at } = error.data as { problem?: string; at?: string }
  const key = `clauses:fileProblems.${problem ?? ''}`
  return (
    <>
      <ErrorNotice error={error} />
      {problem !== undefined && hasWords(key) ? <p className="muted">{t(key, { at: at ?? '' })}</p> : null}
    </>
  )
}

function Plan(props: { checked: Checked; busy: boolean; onRun: () => void; onOther: () => void }) {
  const t = useT()
  const { clauses, templates } = props.checked.plan
  const problems = [...clauses, ...templates].reduce((sum, part) => sum + part.problems.length, 0)
  return (
    <Panel
      title={props.checked.name}
      extra={
        problems > 0 ? (
          <StatusTag tone="danger">{t('clauses:file.blocked', { count: problems })}</StatusTag>
        ) : (
          <StatusTag tone="done">{t('clauses:file.fine')}</StatusTag>
        )
      }
    >
      <PlanTable title={t('clauses:file.templates')} parts={templates} />
      <PlanTable title={t('clauses:file.clauses')} parts={clauses} />
      <span className="action-bar">
        <Button
          type="primary"
          loading={props.busy}
          disabled={problems > 0 || templates.length === 0}
          onClick={props.onRun}
        >
          {t('clauses:file.submitCount', { count: templates.length })}
        </Button>
        <Button onClick={props.onOther}>{t('clauses:file.other')}</Button>
      </span>
    </Panel>
  )
}

type Part = BundlePlan['clauses'][number] | BundlePlan['templates'][number]

function PlanTable({ title, parts }: { title: string; parts: readonly Part[] }) {
  const t = useT()
  const nameOf = useWordsIn()
  const words = ({ code, params }: Part['problems'][number]) => {
    const { language, ...rest } = params
    return t(`clauses:bundleProblems.${code}`, {
      ...rest,
      ...(language === undefined ? {} : { language: t(`contracts:languages.${language}`) }),
    })
  }
  if (parts.length === 0) return <p className="muted">{t('clauses:file.nothing')}</p>
  return (
    <table className="plain-table plan-table">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th>{t('clauses:columns.code')}</th>
          <th>{t('clauses:columns.name')}</th>
          <th>{t('clauses:file.does')}</th>
          <th>{t('clauses:file.problem')}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part, index) => (
          <tr key={index}>
            <td>{part.code}</td>
            <td>{nameOf(part.names)}</td>
            <td>{t(`clauses:does.${part.does}`)}</td>
            <td>
              {part.problems.map((problem) => (
                <div key={words(problem)}>
                  <StatusTag tone="danger">{words(problem)}</StatusTag>
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
