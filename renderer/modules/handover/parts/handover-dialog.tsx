import { useQuery } from '@tanstack/react-query'
import { Checkbox, Modal, Select } from 'antd'
import { useState } from 'react'
import { HANDOVER_PARTS, type HandoverPart, type HandoverSum } from '#shared/modules/handover/handover.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { FieldFrame } from '#renderer/ui/fields/field-frame.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice } from '#renderer/ui/parts.tsx'
import { useTakeBack } from './take-back.ts'
import '#renderer/modules/handover/handover.css'

type Asked = Parameters<typeof api.handover.run>[0]

/**
 * Customers go to another person: chosen ones, or all of somebody (`ids` 'person'). Shows what moves before it does;
 * null is closed.
 */
export function HandoverDialog(props: { ids: readonly string[] | 'person' | null; onClose: (moved: boolean) => void }) {
  const t = useT()
  const notice = useNotice()
  const takeBack = useTakeBack()
  const people = usePeopleChoices()
  const [fromUserId, setFrom] = useState<string | null>(null)
  const [toUserId, setTo] = useState<string | null>(null)
  const [parts, setParts] = useState<readonly HandoverPart[]>(HANDOVER_PARTS)
  const run = useCommand((input: Asked, options) => api.handover.run(input, options))
  const ofPerson = props.ids === 'person'
  const what = ofPerson ? (fromUserId === null ? null : { fromUserId }) : props.ids ? { customerIds: props.ids } : null
  const asked = { what, toUserId, parts }
  const preview = useQuery({
    queryKey: ['customers', 'handover', asked],
    queryFn: () => api.handover.preview(asked as never),
    enabled: what !== null,
  })
  const sums = preview.data?.sums ?? []
  const give = async () => {
    if (what === null || toUserId === null) return
    const done = await run.run(asked as never)
    props.onClose(true)
    const count = done.sums.find((sum) => sum.kind === 'customer')?.count ?? 0
    notice.done(t('handover:done', { count }), () => void takeBack.run(done.id))
  }
  const failed = run.error ?? (preview.error ? shownError(preview.error) : null)
  return (
    <Modal
      open={props.ids !== null}
      title={t(ofPerson ? 'handover:all' : 'handover:run')}
      okText={t('handover:run')}
      okButtonProps={{ disabled: what === null || toUserId === null || sums.length === 0, loading: run.busy }}
      onOk={() => void give().catch(() => undefined)}
      onCancel={() => props.onClose(false)}
      destroyOnHidden
      afterClose={() => {
        setFrom(null)
        setTo(null)
        setParts(HANDOVER_PARTS)
        run.clear()
      }}
    >
      {failed ? <ErrorNotice error={failed} /> : null}
      {ofPerson ? (
        <Person label={t('handover:from')} value={fromUserId} options={people} onChange={setFrom} autoFocus />
      ) : null}
      <Person
        label={t('handover:to')}
        value={toUserId}
        options={people.filter((person) => person.value !== fromUserId)}
        onChange={setTo}
        autoFocus={!ofPerson}
      />
      <fieldset className="handover-parts">
        <legend className="muted">{t('handover:along')}</legend>
        <Checkbox.Group
          value={[...parts]}
          options={HANDOVER_PARTS.map((value) => ({ value, label: t(`handover:kind.${value}`) }))}
          onChange={(chosen) => setParts(HANDOVER_PARTS.filter((part) => chosen.includes(part)))}
        />
      </fieldset>
      {preview.data ? <Sums sums={sums} stays={preview.data.stays} /> : null}
    </Modal>
  )
}

function Person(props: {
  label: string
  value: string | null
  options: { value: string; label: string }[]
  onChange: (id: string) => void
  autoFocus: boolean
}) {
  return (
    <FieldFrame field={{ name: 'person', label: props.label }} error={undefined}>
      {(ids) => (
        <Select
          {...ids}
          autoFocus={props.autoFocus}
          value={props.value}
          options={props.options}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={props.onChange}
        />
      )}
    </FieldFrame>
  )
}

/** What moves, by kind. */
function Sums({ sums, stays }: { sums: readonly HandoverSum[]; stays: number }) {
  const t = useT()
  if (sums.length === 0) return <p className="muted">{t('handover:nothing')}</p>
  return (
    <>
      <table className="plain-table handover-sums">
        <tbody>
          {sums.map((sum) => (
            <tr key={sum.kind}>
              <td>{t(`handover:kind.${sum.kind}`)}</td>
              <td className="num">{sum.count}</td>
              <td className="num">{sum.amount === null ? null : <Amount fen={sum.amount} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {stays > 0 ? <p className="muted">{t('handover:stays', { count: stays })}</p> : null}
      {sums.some((sum) => sum.kind === 'contract') ? <p className="muted">{t('handover:credit')}</p> : null}
    </>
  )
}
