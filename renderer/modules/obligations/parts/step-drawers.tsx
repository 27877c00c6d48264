import { useState } from 'react'
import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, longText, shortText } from '#shared/kernel/text.ts'
import type { ObligationRow } from '#shared/modules/obligations/obligations.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { mayStep, useDepartmentChoices } from '#renderer/modules/obligations/obligations.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** A step that asks for something before it is taken. */
export type AskedStep = 'done' | 'drop' | 'assign' | 'move'

interface DrawerProps {
  /** What the step is taken with; null is closed. */
  readonly rows: readonly ObligationRow[] | null
  readonly onClose: () => void
  readonly onTaken: () => void
}

const itemsOf = (rows: readonly ObligationRow[]) => rows.map(({ id, version }) => ({ id: id as never, version }))

/** Opens the steps of obligations, for one or for several of them. */
export function useObligationSteps(onTaken: () => void = () => undefined) {
  const t = useT()
  const notice = useNotice()
  const [open, setOpen] = useState<{ step: AskedStep; rows: readonly ObligationRow[] } | null>(null)
  const props = (step: AskedStep): DrawerProps => ({
    rows: open?.step === step ? open.rows : null,
    onClose: () => setOpen(null),
    onTaken,
  })
  return {
    ask: (step: AskedStep, rows: readonly ObligationRow[]) =>
      setOpen({ step, rows: rows.filter((row) => mayStep(row, step)) }),
    reopen: async (rows: readonly ObligationRow[]) => {
      const items = itemsOf(rows.filter((row) => mayStep(row, 'reopen')))
      try {
        await api.obligations.reopen({ items })
        notice.done(t('obligations:reopen.done', { count: items.length }))
        onTaken()
      } catch (error) {
        notice.fail(error)
      }
    },
    drawers: (
      <>
        <DoneDrawer {...props('done')} />
        <DropDrawer {...props('drop')} />
        <AssignDrawer {...props('assign')} />
        <MoveDrawer {...props('move')} />
      </>
    ),
  }
}

const doneForm = z.strictObject({ day: plainDay, note: longText(500) })

function DoneDrawer({ rows, onClose, onTaken }: DrawerProps) {
  const t = useT()
  const notice = useNotice()
  const count = rows?.length ?? 0
  return (
    <ActionForm
      title={t('obligations:done.title')}
      hint={count === 1 ? t('obligations:done.hintOne') : t('obligations:done.hint', { count })}
      open={rows !== null}
      schema={doneForm}
      initial={{ day: firmToday(), note: '' }}
      submitLabel={t('obligations:done.submit')}
      onClose={onClose}
      submit={async (form) => {
        await api.obligations.done({ ...form, items: itemsOf(rows ?? []) })
        notice.done(t('obligations:done.done', { count }))
        onTaken()
      }}
    >
      <DayField name="day" label={t('obligations:done.day')} required />
      <TextAreaField name="note" label={t('obligations:done.note')} max={500} rows={3} />
    </ActionForm>
  )
}

const dropForm = z.strictObject({ reason: shortText(200) })

function DropDrawer({ rows, onClose, onTaken }: DrawerProps) {
  const t = useT()
  const notice = useNotice()
  const count = rows?.length ?? 0
  return (
    <ActionForm
      title={t('obligations:drop.title')}
      hint={t('obligations:drop.hint', { count })}
      open={rows !== null}
      schema={dropForm}
      initial={{ reason: '' }}
      submitLabel={t('obligations:drop.submit')}
      danger
      onClose={onClose}
      submit={async ({ reason }) => {
        await api.obligations.drop({ items: itemsOf(rows ?? []), reason })
        notice.done(t('obligations:drop.done', { count }))
        onTaken()
      }}
    >
      <TextField name="reason" label={t('obligations:drop.reason')} max={200} required />
    </ActionForm>
  )
}

const assignForm = z.strictObject({
  ownerId: entityId,
  departmentId: entityId.nullable(),
  reason: shortText(200),
})

function AssignDrawer({ rows, onClose, onTaken }: DrawerProps) {
  const t = useT()
  const notice = useNotice()
  const people = usePeopleChoices()
  const departments = useDepartmentChoices()
  const count = rows?.length ?? 0
  return (
    <ActionForm
      title={t('obligations:assign.title')}
      hint={t('obligations:assign.hint', { count })}
      open={rows !== null}
      schema={assignForm}
      initial={{ ownerId: null, departmentId: null, reason: '' }}
      submitLabel={t('obligations:assign.submit')}
      onClose={onClose}
      submit={async (form) => {
        await api.obligations.assign({ ...form, items: itemsOf(rows ?? []) })
        notice.done(t('obligations:assign.done', { count }))
        onTaken()
      }}
    >
      <SelectField name="ownerId" label={t('obligations:assign.owner')} options={people} required />
      <SelectField name="departmentId" label={t('obligations:assign.department')} options={departments} allowClear />
      <TextField name="reason" label={t('obligations:assign.reason')} max={200} required />
    </ActionForm>
  )
}

const moveForm = z.strictObject({ day: plainDay, reason: shortText(200) })

function MoveDrawer({ rows, onClose, onTaken }: DrawerProps) {
  const t = useT()
  const notice = useNotice()
  return (
    <ActionForm
      title={t('obligations:move.title')}
      hint={t('obligations:move.hint')}
      open={rows !== null}
      schema={moveForm}
      initial={{ day: rows?.[0]?.dueDay ?? '', reason: '' }}
      submitLabel={t('obligations:move.submit')}
      onClose={onClose}
      submit={async (form) => {
        await api.obligations.move({ ...form, items: itemsOf(rows ?? []) })
        notice.done(t('obligations:move.done'))
        onTaken()
      }}
    >
      <DayField name="day" label={t('obligations:move.day')} required />
      <TextField name="reason" label={t('obligations:move.reason')} max={200} required />
    </ActionForm>
  )
}
