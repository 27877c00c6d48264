import { Button } from 'antd'
import { useState } from 'react'
import { costFields, pauseFields, type InterestItem } from '#shared/modules/claims/claims.interest.schema.ts'
import { COST_KINDS } from '#shared/modules/claims/claims.schema.ts'
import { useItems } from '#renderer/modules/claims/claims.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice, useWithReason } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Panel } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** What enforcing a debt has cost, and days on which it bears no interest. */
export function ItemsPanel({ instalmentId }: { instalmentId: string }) {
  const t = useT()
  const may = useCan('claims.record')
  const found = useItems(instalmentId)
  const [open, setOpen] = useState<'pause' | 'cost' | null>(null)
  const word = (key: string) => t(`claims:items.${key}`)
  const close = () => setOpen(null)
  return (
    <Panel
      title={word('title')}
      extra={
        may ? (
          <>
            <Button size="small" onClick={() => setOpen('cost')}>
              {word('addCost')}
            </Button>
            <Button size="small" onClick={() => setOpen('pause')}>
              {word('addPause')}
            </Button>
          </>
        ) : null
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} /> : null}
      {found.data?.length === 0 ? <p className="muted">{word('none')}</p> : null}
      {found.data && found.data.length > 0 ? (
        <table className="plain-table">
          <tbody>
            {found.data.map((item) => (
              <ItemRow key={item.id} item={item} may={may} />
            ))}
          </tbody>
        </table>
      ) : null}
      <CostDrawer instalmentId={instalmentId} open={open === 'cost'} onClose={close} />
      <PauseDrawer instalmentId={instalmentId} open={open === 'pause'} onClose={close} />
    </Panel>
  )
}

function ItemRow({ item, may }: { item: InterestItem; may: boolean }) {
  const t = useT()
  const withReason = useWithReason()
  const name = t(`claims:items.kinds.${item.kind}`)
  const what = item.kind === 'pause' ? 'pause' : 'cost'
  const takeBack = () =>
    withReason(
      {
        title: t('claims:items.voidTitle', { name }),
        text: t('claims:items.voidText'),
        action: t('claims:takeBack'),
        danger: true,
        reason: { label: t('claims:columns.reason') },
      },
      (reason) => api.claims.interest.voidItem({ id: item.id as never, what, reason }),
      t('claims:items.voided'),
    )
  return (
    <tr className={item.void ? 'muted' : ''}>
      <td className="whole">{item.toDay === null ? item.day : `${item.day} – ${item.toDay}`}</td>
      <td>
        {name}
        {item.note === '' ? null : <span className="under muted">{item.note}</span>}
        {item.void ? <span className="under">{`${t('claims:limitation.taken')} · ${item.void.reason}`}</span> : null}
      </td>
      <td className="num">{item.amount === null ? '' : <Amount fen={item.amount} />}</td>
      <td>
        {may && item.void === null ? (
          <Button
            size="small"
            type="text"
            danger
            aria-label={`${t('claims:takeBack')}: ${name} ${item.day}`}
            onClick={() => void takeBack()}
          >
            {t('claims:takeBack')}
          </Button>
        ) : null}
      </td>
    </tr>
  )
}

interface DrawerProps {
  readonly instalmentId: string
  readonly open: boolean
  readonly onClose: () => void
}

const costForm = costFields.omit({ instalmentId: true })

function CostDrawer({ instalmentId, open, onClose }: DrawerProps) {
  const t = useT()
  const notice = useNotice()
  return (
    <ActionForm
      title={t('claims:items.addCost')}
      hint={t('claims:items.costHint')}
      open={open}
      schema={costForm}
      initial={{ kind: 'court', day: firmToday(), amount: null, note: '' }}
      submitLabel={t('claims:items.addCost')}
      onClose={onClose}
      submit={async (output) => {
        await api.claims.interest.addCost({ ...output, instalmentId: instalmentId as never })
        notice.done(t('claims:items.added'))
      }}
    >
      <SelectField
        name="kind"
        label={t('claims:columns.kind')}
        options={COST_KINDS.map((value) => ({ value, label: t(`claims:items.kinds.${value}`) }))}
      />
      <DayField name="day" label={t('claims:columns.day')} required />
      <MoneyField name="amount" label={t('claims:columns.amount')} required />
      <TextField name="note" label={t('claims:columns.note')} max={200} />
    </ActionForm>
  )
}

function PauseDrawer({ instalmentId, open, onClose }: DrawerProps) {
  const t = useT()
  const notice = useNotice()
  return (
    <ActionForm
      title={t('claims:items.addPause')}
      hint={t('claims:items.pauseHint')}
      open={open}
      schema={pauseFields}
      initial={{ instalmentIds: [instalmentId], from: '', to: '', reason: '' }}
      submitLabel={t('claims:items.addPause')}
      onClose={onClose}
      submit={async (output) => {
        await api.claims.interest.addPause(output)
        notice.done(t('claims:items.added'))
      }}
    >
      <DayField name="from" label={t('claims:items.from')} required />
      <DayField name="to" label={t('claims:items.to')} required />
      <TextField name="reason" label={t('claims:columns.reason')} max={200} required />
    </ActionForm>
  )
}
