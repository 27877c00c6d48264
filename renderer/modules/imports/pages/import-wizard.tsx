import { useNavigate, useParams } from '@tanstack/react-router'
import { Steps } from 'antd'
import { useState } from 'react'
import { IMPORT_ENTITIES, type CheckInput, type ImportEntity } from '#shared/modules/imports/imports.schema.ts'
import {
  jobFailure,
  startCheck,
  useAwaitedJob,
  type CheckResult,
  type WizardStep,
} from '#renderer/modules/imports/imports.queries.ts'
import { CheckStep } from '#renderer/modules/imports/parts/check-step.tsx'
import { DoneStep } from '#renderer/modules/imports/parts/done-step.tsx'
import { FileStep } from '#renderer/modules/imports/parts/file-step.tsx'
import { MapStep } from '#renderer/modules/imports/parts/map-step.tsx'
import { shownError, type ShownError } from '#renderer/rpc/api.ts'
import { isOver, type JobView } from '#renderer/rpc/jobs.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { JobCard } from '#renderer/ui/job-tray.tsx'
import { ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'
import '#renderer/modules/imports/imports.css'

const PLACES: Readonly<Record<WizardStep['at'], number>> = { file: 0, map: 1, checking: 2, checked: 2, running: 3 }

/** From a file to records in four steps; nothing is written before the last one is pressed. */
export function ImportWizardPage() {
  const t = useT()
  const { entity = '' } = useParams({ strict: false }) as { entity?: string }
  const known = IMPORT_ENTITIES.find((one) => one === entity)
  if (known === undefined) {
    return (
      <Page title={t('imports:title')}>
        <ErrorNotice error={{ code: 'NOT_FOUND', data: {} }} />
      </Page>
    )
  }
  return <Wizard entity={known} />
}

function Wizard({ entity }: { entity: ImportEntity }) {
  const t = useT()
  const navigate = useNavigate()
  const [step, setStep] = useState<WizardStep>({ at: 'file' })
  const [failure, setFailure] = useState<ShownError | null>(null)
  // The list of judged rows keeps its state in the address; another check begins with a clean one.
  const forget = () => void navigate({ to: '.', search: {} as never, replace: true })

  const check = async (input: CheckInput) => {
    if (step.at !== 'map') return
    setFailure(null)
    try {
      const { jobId } = await startCheck(input)
      forget()
      setStep({ at: 'checking', table: step.table, input, jobId })
    } catch (error) {
      setFailure(shownError(error))
    }
  }
  const again = () => {
    setFailure(null)
    setStep({ at: 'file' })
  }
  return (
    <Page title={t('imports:new', { what: t(`imports:entity.${entity}`) })}>
      <Steps
        size="small"
        current={PLACES[step.at]}
        items={(['file', 'map', 'check', 'done'] as const).map((key) => ({ title: t(`imports:wizard.${key}`) }))}
      />
      {failure ? <ErrorNotice error={failure} /> : null}
      {step.at === 'file' ? (
        <FileStep entity={entity} onTable={(table) => setStep({ at: 'map', table, input: null })} />
      ) : null}
      {step.at === 'map' ? (
        <MapStep
          entity={entity}
          table={step.table}
          input={step.input}
          onCheck={(input) => void check(input)}
          onBack={again}
        />
      ) : null}
      {step.at === 'checking' ? (
        <Checking
          step={step}
          onChecked={(job) => setStep({ ...step, at: 'checked', job, result: job.result as CheckResult })}
          onBack={() => setStep({ at: 'map', table: step.table, input: step.input })}
        />
      ) : null}
      {step.at === 'checked' ? (
        <CheckStep
          step={step}
          onRunning={(jobId) => setStep({ at: 'running', table: step.table, jobId })}
          onBack={() => setStep({ at: 'map', table: step.table, input: step.input })}
        />
      ) : null}
      {step.at === 'running' ? <DoneStep entity={entity} jobId={step.jobId} onAgain={again} /> : null}
    </Page>
  )
}

/** The check as it goes on; called off or failed, one is back at the columns. */
function Checking(props: {
  step: Extract<WizardStep, { at: 'checking' }>
  onChecked: (job: JobView) => void
  onBack: () => void
}) {
  const t = useT()
  const job = useAwaitedJob(props.step.jobId, props.onChecked)
  const failure = jobFailure(job)
  return (
    <Panel>
      <p className="muted">{t('imports:check.running')}</p>
      {job && !isOver(job) ? <JobCard job={job} /> : null}
      {failure ? <ErrorNotice error={failure} /> : null}
      {failure ? (
        <button type="button" className="link-button" onClick={props.onBack}>
          {t('imports:check.back')}
        </button>
      ) : null}
    </Panel>
  )
}
