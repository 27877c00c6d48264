import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { shortText } from '#shared/kernel/text.ts'
import type { PromiseRow } from '#shared/modules/dunning/dunning.contacts.schema.ts'
import type { PromiseState } from '#shared/modules/dunning/dunning.promises.rules.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<PromiseState, StatusTone>> = {
  open: 'active',
  kept: 'done',
  partly: 'attention',
  broken: 'danger',
  withdrawn: 'neutral',
}

export function PromiseTag({ state }: { state: PromiseState }) {
  const t = useT()
  return <StatusTag tone={TONES[state]}>{t(`dunning:promises.${state}`)}</StatusTag>
}

/** The latest promises of a customer, with what became of them. */
export function PromiseLines({ promises, mayRun }: { promises: readonly PromiseRow[]; mayRun: boolean }) {
  const t = useT()
  const [taking, setTaking] = useState<PromiseRow | null>(null)
  if (promises.length === 0) return <p className="muted">{t('dunning:work.noPromises')}</p>
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('dunning:columns.promiseState')}</th>
            <th scope="col">{t('dunning:columns.payBy')}</th>
            <th scope="col" className="num">
              {t('dunning:columns.promised')}
            </th>
            <th scope="col" className="num">
              {t('dunning:columns.paid')}
            </th>
            <th scope="col">{t('dunning:columns.promisedBy')}</th>
          </tr>
        </thead>
        <tbody>
          {promises.map((row) => (
            <tr key={row.id}>
              <td>
                <PromiseTag state={row.state} />
              </td>
              <td>{row.payBy}</td>
              <td className="num">
                <Amount fen={row.amount} />
              </td>
              <td className="num">
                <Amount fen={row.paid} />
              </td>
              <td>
                {row.promisedBy}{' '}
                {mayRun && row.state === 'open' ? (
                  <Button size="small" type="link" className="case-link" onClick={() => setTaking(row)}>
                    {t('dunning:promiseList.withdraw')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <WithdrawDrawer row={taking} onClose={() => setTaking(null)} />
    </>
  )
}

const schema = z.strictObject({ reason: shortText(200) })

/** Takes back a promise that both sides changed. */
export function WithdrawDrawer(props: { row: PromiseRow | null; onClose: () => void }) {
  const t = useT()
  const { row } = props
  return (
    <ActionForm
      title={t('dunning:promiseList.withdraw')}
      hint={t('dunning:promiseList.withdrawHint')}
      open={row !== null}
      schema={schema}
      initial={{ reason: '' }}
      submitLabel={t('dunning:promiseList.withdraw')}
      onClose={props.onClose}
      submit={async ({ reason }) => {
        if (row) await api.dunning.withdrawPromise({ id: row.id, version: row.version, reason })
      }}
    >
      <TextField name="reason" label={t('dunning:promiseList.withdrawReason')} max={200} required />
    </ActionForm>
  )
}
