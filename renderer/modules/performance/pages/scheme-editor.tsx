import { useParams } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useRef } from 'react'
import { NO_EXTRA } from '#shared/modules/performance/performance.extra.schema.ts'
import { parsePoints } from '#shared/modules/performance/performance.figures.sheet.ts'
import { REVIEW_GROUPS, USUAL_WEIGHTS } from '#shared/modules/performance/performance.review.schema.ts'
import { APPRAISED, type SchemeBody, type SchemeRow } from '#shared/modules/performance/performance.schemes.schema.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'
import { GradeFields, ItemFields } from '#renderer/modules/performance/parts/scheme-fields.tsx'
import { newItem, schemeForm, schemeFormSchema } from '#renderer/modules/performance/parts/scheme-form.ts'
import { SchemePreview } from '#renderer/modules/performance/parts/scheme-preview.tsx'
import { useSchemes } from '#renderer/modules/performance/performance.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { NumberField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmMonth } from '#renderer/ui/firm-day.ts'
import '../performance.css'

const thisMonth = () => firmMonth()

/** A scheme that begins with what every firm measures. */
const BLANK: FormValues = {
  name: '',
  roles: [...APPRAISED],
  teamIds: [],
  grades: [],
  extra: NO_EXTRA,
  review: USUAL_WEIGHTS,
  items: (
    [
      ['contractAmount', 3000],
      ['collected', 3000],
      ['collectionRate', 2000],
      ['visits', 2000],
    ] as const
  ).map(([indicator, weight]) => ({ ...newItem(indicator), weight })),
}

export function NewSchemePage() {
  const found = useSchemes()
  if (found.isPending) return <Spin className="grid-spin" />
  return <Editor row={null} initial={{ ...BLANK, fromMonth: thisMonth() }} teams={found.data?.teams ?? []} />
}

/** The next edition of a scheme, beginning with the newest; one that has not begun yet is put right in its place. */
export function EditSchemePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useSchemes()
  if (found.isPending) return <Spin className="grid-spin" />
  const row = found.data?.rows.find((one) => one.id === id)
  const newest = row?.editions[0]
  if (!row || !newest) {
    return (
      <Page title={t('performance:schemes.title')}>
        {found.shownError ? (
          <ErrorNotice error={found.shownError} />
        ) : (
          <EmptyState text={t('performance:schemes.gone')} />
        )}
      </Page>
    )
  }
  const from = newest.used ? thisMonth() : newest.fromMonth
  return (
    <Editor key={id} row={row} initial={schemeForm(newest.body as SchemeBody, from)} teams={found.data?.teams ?? []} />
  )
}

function Editor(props: {
  row: SchemeRow | null
  initial: FormValues
  teams: readonly { readonly id: string; readonly name: string }[]
}) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const { row } = props
  // A refetch must not put the form back to what was read first.
  const initial = useRef(props.initial).current
  const word = (key: string, params?: Record<string, string>) => t(`performance:schemes.${key}`, params)
  const labelOf = (path: string) => {
    const [field = 'body', at, part] = path.split('.')
    if (part === undefined) return word(`fields.${field}`)
    return `${word(`fields.${field}`)} ${Number(at) + 1} ${word(`${field === 'items' ? 'item' : 'band'}.${part}`)}`
  }
  const title = row === null ? word('createTitle') : `${word(row.editions[0]?.used ? 'follow' : 'edit')} · ${row.name}`
  return (
    <Page title={title}>
      <EntityForm
        form="appraisal-schemes"
        record={row?.id ?? 'new'}
        schema={schemeFormSchema}
        initial={initial}
        version={row?.version ?? 0}
        saveLabel={word('save')}
        labelOf={labelOf}
        onCancel={() => go(row === null ? '/performance/schemes' : `/performance/schemes/${row.id}`)}
        save={async (output, version, { context }) => {
          const made = await api.performance.schemes.save(
            { id: (row?.id ?? null) as never, version: row === null ? null : version, ...output },
            { context },
          )
          notice.done(word('saved'))
          go(`/performance/schemes/${made.id}`)
        }}
      >
        <FormGroup title={word('group.scope')}>
          <TextField name="name" label={word('fields.name')} max={60} required />
          <TextField
            name="fromMonth"
            label={word('fields.fromMonth')}
            max={7}
            required
            hint={word('fields.monthHint', { month: thisMonth() })}
          />
          <SelectField
            name="roles"
            label={word('fields.roles')}
            multiple
            required
            options={APPRAISED.map((value) => ({ value, label: t(`policy:roles.${value}`) }))}
          />
          <SelectField
            name="teamIds"
            label={word('fields.teamIds')}
            multiple
            hint={word('fields.teamHint')}
            options={props.teams.map((team) => ({ value: team.id, label: team.name }))}
          />
        </FormGroup>
        <fieldset className="form-group">
          <legend>{word('group.items')}</legend>
          <ItemFields />
        </fieldset>
        <FormGroup title={t('performance:review.weights')}>
          {REVIEW_GROUPS.map((group) => (
            <RateField key={group} name={`review.${group}`} label={t(`performance:review.groups.${group}`)} required />
          ))}
        </FormGroup>
        <FormGroup title={t('performance:extra.title')}>
          <NumberField
            name="extra.mostUp"
            label={t('performance:extra.mostUp')}
            hint={t('performance:extra.capHint')}
            parse={parsePoints}
            format={formatScore}
            required
          />
          <NumberField
            name="extra.mostDown"
            label={t('performance:extra.mostDown')}
            parse={parsePoints}
            format={formatScore}
            required
          />
        </FormGroup>
        <fieldset className="form-group">
          <legend>{word('group.grades')}</legend>
          <GradeFields />
        </fieldset>
        <SchemePreview />
      </EntityForm>
    </Page>
  )
}
