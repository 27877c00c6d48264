import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { shortText } from '#shared/kernel/text.ts'
import { CHANNELS, OUTCOMES, SIGNERS } from '#shared/modules/dunning/dunning.proof.rules.ts'
import { sendingFields, type LetterView, type SendingRow } from '#shared/modules/dunning/dunning.proof.schema.ts'
import { ProofTag } from '#renderer/modules/dunning/parts/letter-tags.tsx'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { SuggestField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel, StatusTag } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** How a letter was sent, what became of it, and what that proves. */
export function SendingsPanel({ view, mayRun }: { view: LetterView; mayRun: boolean }) {
  const t = useT()
  const [editing, setEditing] = useState<SendingRow | 'new' | null>(null)
  const [voiding, setVoiding] = useState<SendingRow | null>(null)
  return (
    <Panel
      title={t('dunning:proof.title')}
      extra={
        mayRun ? (
          <Button size="small" type="primary" onClick={() => setEditing('new')}>
            {t('dunning:proof.record')}
          </Button>
        ) : null
      }
    >
      {view.sendings.length === 0 ? <p className="muted">{t('dunning:proof.none')}</p> : null}
      <ul className="sendings">
        {view.sendings.map((row) => (
          <li key={row.id}>
            <Sending row={row} />
            {mayRun && row.void === null ? (
              <span className="action-bar">
                <Button size="small" onClick={() => setEditing(row)}>
                  {t('dunning:proof.change')}
                </Button>
                <Button size="small" danger onClick={() => setVoiding(row)}>
                  {t('dunning:proof.void')}
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <SendingDrawer view={view} editing={editing} onClose={() => setEditing(null)} />
      <VoidDrawer row={voiding} onClose={() => setVoiding(null)} />
    </Panel>
  )
}

function Sending({ row }: { row: SendingRow }) {
  const t = useT()
  const word = (key: string) => t(`dunning:proof.${key}`)
  const arrived =
    row.arrivalDay === null
      ? word('notArrived')
      : t(row.presumed ? 'dunning:proof.presumed' : 'dunning:proof.countsFrom', { day: row.arrivalDay })
  return (
    <>
      <span className="case-line">
        {row.void === null ? (
          <ProofTag strength={row.strength} />
        ) : (
          <StatusTag tone="neutral">{word('voided')}</StatusTag>
        )}
        <strong>{`${t(`dunning:channels.${row.channel}`)} ${row.number}`}</strong>
        <span>{`${word('postedDay')} ${row.postedDay}`}</span>
        <span>{[t(`dunning:proof.outcomes.${row.outcome}`), row.outcomeDay ?? ''].join(' ').trim()}</span>
      </span>
      {row.void === null ? <span>{arrived}</span> : <span className="muted">{row.void.reason}</span>}
      <span className="muted">
        {[row.contents, row.address, row.signerName, row.note].filter((one) => one !== '').join(' · ')}{' '}
        {row.address === '' ? '' : `（${word(row.agreedAddress ? 'agreed' : 'notAgreed')}）`}
      </span>
      {row.void === null && row.missing.length > 0 ? (
        <span className="muted">
          {t('dunning:proof.missing', {
            what: row.missing.map((proof) => t(`receivables:evidence.proofs.${proof}`)).join(' · '),
          })}
        </span>
      ) : null}
      {row.void === null
        ? row.faults.map((fault) => (
            <span key={fault.key} className="case-late">
              {t(fault.key, fault.params)}
            </span>
          ))
        : null}
    </>
  )
}

function SendingDrawer(props: { view: LetterView; editing: SendingRow | 'new' | null; onClose: () => void }) {
  const t = useT()
  const { view, editing } = props
  const word = (key: string) => t(`dunning:proof.${key}`)
  const known = editing === 'new' || editing === null ? null : editing
  const { suggested, addresses } = view
  return (
    <ActionForm
      title={word(known ? 'change' : 'record')}
      hint={
        addresses.length === 0
          ? word('noAddress')
          : t('dunning:proof.addressHint', { addresses: addresses.join(' · ') })
      }
      open={editing !== null}
      size={520}
      schema={sendingFields}
      initial={{
        channel: known?.channel ?? 'ems',
        number: known?.number ?? '',
        contents: known?.contents ?? suggested.contents,
        address: known?.address ?? suggested.address,
        postedDay: known?.postedDay ?? firmToday(),
        outcome: known?.outcome ?? 'unknown',
        outcomeDay: known?.outcomeDay ?? null,
        signer: known?.signer ?? 'unknown',
        signerName: known?.signerName ?? '',
        signature: known?.signature ?? false,
        note: known?.note ?? '',
      }}
      submitLabel={word('submit')}
      onClose={props.onClose}
      submit={async (fields) => {
        if (known) await api.dunning.changeSending({ id: known.id, version: known.version, fields })
        else await api.dunning.recordSending({ letterId: view.letter.id, fields })
      }}
    >
      <div className="form-grid">
        <SelectField
          name="channel"
          label={word('channel')}
          required
          options={CHANNELS.map((value) => ({ value, label: t(`dunning:channels.${value}`) }))}
        />
        <DayField name="postedDay" label={word('postedDay')} required />
        <TextField name="number" label={word('number')} max={60} />
      </div>
      <TextField name="contents" label={word('contentsField')} max={200} />
      <SuggestField
        name="address"
        label={word('address')}
        max={200}
        suggestions={[...new Set([...addresses, suggested.email].filter((one) => one !== ''))]}
      />
      <div className="form-grid">
        <SelectField
          name="outcome"
          label={word('outcome')}
          required
          options={OUTCOMES.map((value) => ({ value, label: t(`dunning:proof.outcomes.${value}`) }))}
        />
        <DayField name="outcomeDay" label={word('outcomeDay')} />
        <SelectField
          name="signer"
          label={word('signer')}
          required
          options={SIGNERS.map((value) => ({ value, label: t(`dunning:proof.signers.${value}`) }))}
        />
        <TextField name="signerName" label={word('signerName')} max={60} />
      </div>
      <CheckField name="signature" label={word('signature')} />
      <TextField name="note" label={word('note')} max={200} />
    </ActionForm>
  )
}

const voidSchema = z.strictObject({ reason: shortText(200) })

function VoidDrawer(props: { row: SendingRow | null; onClose: () => void }) {
  const t = useT()
  const { row } = props
  return (
    <ActionForm
      title={t('dunning:proof.void')}
      hint={row ? `${t(`dunning:channels.${row.channel}`)} ${row.number}` : ''}
      open={row !== null}
      schema={voidSchema}
      initial={{ reason: '' }}
      submitLabel={t('dunning:proof.void')}
      danger
      onClose={props.onClose}
      submit={async ({ reason }) => {
        if (row) await api.dunning.voidSending({ id: row.id, version: row.version, reason })
      }}
    >
      <TextField name="reason" label={t('dunning:proof.voidReason')} max={200} required />
    </ActionForm>
  )
}
