import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId } from '#shared/kernel/text.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { useMe } from '#renderer/modules/tasks/tasks.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { PlainForm } from '#renderer/ui/plain-form.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const fields = z
  .strictObject({ userId: entityId, substituteId: entityId, fromDay: plainDay, toDay: plainDay })
  .refine((s) => s.fromDay <= s.toDay, { path: ['toDay'], message: 'approvals:errors.bounds' })

/** Who decides in whose place during a leave. */
export function SubstitutesDrawer(props: { open: boolean; onClose: () => void }) {
  const t = useT()
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      title={t('approvals:substitutes.title')}
      size={460}
      destroyOnHidden
    >
      {props.open ? <Body /> : null}
    </Drawer>
  )
}

function Body() {
  const t = useT()
  const notice = useNotice()
  const me = useMe()
  const people = usePeopleChoices()
  const reach = useSession((state) => state.session?.permissions['approvals.use'])
  const found = useList('approvals', ['substitutes'], () => api.approvals.substitutes({}))
  const [saved, setSaved] = useState(0)
  const word = (key: string) => t(`approvals:substitutes.${key}`)
  const end = async (userId: string) => {
    try {
      await api.approvals.setSubstitute({ userId, substitute: null })
      notice.done(word('ended'))
    } catch (error) {
      notice.fail(error)
    }
  }
  const today = firmToday()
  return (
    <>
      <p className="form-hint muted">{word('hint')}</p>
      {found.data?.length === 0 ? <p className="muted">{word('none')}</p> : null}
      <ul className="approval-substitutes">
        {(found.data ?? []).map((row) => (
          <li key={row.userId}>
            <span>
              {row.userName} → {row.substituteName}
              <span className="muted">{` ${row.fromDay} – ${row.toDay}`}</span>
            </span>
            {row.userId === me || reach !== 'own' ? (
              <Button size="small" onClick={() => void end(row.userId)}>
                {word('end')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <PlainForm
        key={saved}
        schema={fields}
        initial={{ userId: me, substituteId: null, fromDay: today, toDay: today }}
        action={word('save')}
        submit={async ({ userId, ...substitute }) => {
          await api.approvals.setSubstitute({ userId, substitute })
          notice.done(word('saved'))
          setSaved((count) => count + 1)
        }}
      >
        {reach === 'own' ? null : <SelectField name="userId" label={word('who')} options={people} required />}
        <SelectField name="substituteId" label={word('substitute')} options={people} required />
        <DayField name="fromDay" label={word('from')} required />
        <DayField name="toDay" label={word('to')} required />
      </PlainForm>
    </>
  )
}
