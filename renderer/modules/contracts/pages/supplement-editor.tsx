import { useParams } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { shortText } from '#shared/kernel/text.ts'
import type { SupplementView } from '#shared/modules/contracts/contracts.lives.schema.ts'
import { contractFields } from '#shared/modules/contracts/contracts.schema.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'
import '#renderer/modules/contracts/contracts.css'
import { rateChoices, useFirm } from '#renderer/modules/contracts/contracts.queries.ts'
import { ChangesTable } from '#renderer/modules/contracts/parts/changes-table.tsx'
import { AgreedGroups } from '#renderer/modules/contracts/parts/contract-form.tsx'
import { countable, draftFigures, readable } from '#renderer/modules/contracts/parts/draft.ts'
import { fieldLabel } from '#renderer/modules/contracts/parts/field-label.ts'
import { SumsStrip } from '#renderer/modules/contracts/parts/sums-strip.tsx'

/** What is typed: the contract as it is to be, and why it is changed. */
const schema = contractFields.extend({ changeReason: shortText(500) })

/** A supplement that is new: what it starts from is the contract in force. */
export function NewSupplementPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useEntry('contracts', `supplement of ${id}`, () => api.contracts.supplements.start({ contractId: id }))
  return <Loaded found={found} isNew />
}

/** A supplement that is still a draft. */
export function SupplementEditorPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useEntry('contracts', id, () => api.contracts.supplements.get({ id }))
  return <Loaded found={found} isNew={false} />
}

function Loaded(props: {
  found: { data: SupplementView | undefined; shownError: ReturnType<typeof shownError> | null }
  isNew: boolean
}) {
  const t = useT()
  const basis = useFirm()
  const { data, shownError: failure } = props.found
  if (failure || basis.error) {
    return (
      <Page title={t('contracts:supplement.title')}>
        <ErrorNotice error={failure ?? shownError(basis.error)} />
      </Page>
    )
  }
  if (!data || !basis.data) return <Spin className="grid-spin" />
  return <Editor key={data.id} view={data} isNew={props.isNew} taxRates={basis.data.taxRates} />
}

function Editor(props: { view: SupplementView; isNew: boolean; taxRates: Parameters<typeof rateChoices>[0] }) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const { view, isNew } = props
  // A refetch must not put the form back to what was read first.
  const initial = useRef({ ...view.fields, changeReason: view.reason } as unknown as FormValues).current
  const [values, setValues] = useState<FormValues>(initial)
  const { sums, split, priceList } = useMemo(() => draftFigures(values), [values])
  const used = [...new Set(countable(values).lines.map((line) => line.rate))].join()
  const rates = useMemo(
    () => rateChoices(props.taxRates, firmToday(), used.split(',').map(Number)),
    [props.taxRates, used],
  )
  const typed = useMemo(() => {
    const { changeReason: _reason, ...fields } = values
    return readable(fields)
  }, [values])
  const back = isNew ? `/contracts/${view.contractId}` : `/contracts/supplements/${view.id}`

  const save = async (output: typeof schema._output, version: number, { context }: SaveOptions) => {
    const { changeReason: reason, ...fields } = output
    if (isNew) {
      const made = await api.contracts.supplements.create({ contractId: view.contractId, reason, fields }, { context })
      notice.done(t('contracts:supplement.created', { number: made.number }))
      go(`/contracts/supplements/${made.id}`)
      return
    }
    await api.contracts.supplements.update({ id: view.id, version, reason, fields }, { context })
    notice.done(t('contracts:supplement.saved'))
    go(back)
  }

  return (
    <Page
      title={
        isNew
          ? t('contracts:supplement.newTitle', { number: view.contractNumber })
          : t('contracts:supplement.editTitle', { number: view.number })
      }
      extra={<span className="muted">{view.customerName}</span>}
    >
      <SumsStrip sums={sums} split={split} priceList={priceList} />
      <div className="editor">
        <EntityForm
          form="supplements"
          record={isNew ? `of ${view.contractId}` : view.id}
          schema={schema}
          initial={initial}
          version={view.version}
          save={save}
          saveLabel={t('contracts:supplement.save')}
          labelOf={(path) => (path === 'changeReason' ? t('contracts:supplement.reason') : fieldLabel(path, t))}
          onValues={setValues}
          onCancel={() => go(back)}
        >
          <FormGroup title={t('contracts:supplement.title')}>
            <TextAreaField
              name="changeReason"
              label={t('contracts:supplement.reason')}
              max={500}
              rows={2}
              wide
              required
            />
          </FormGroup>
          <AgreedGroups rates={rates} />
        </EntityForm>
        <aside className="editor-side" aria-label={t('contracts:supplement.changes')}>
          <Panel title={t('contracts:supplement.changes')}>
            {typed ? <ChangesTable before={view.base} after={typed} /> : null}
          </Panel>
        </aside>
      </div>
    </Page>
  )
}
