import { Button } from 'antd'
import { useState } from 'react'
import { archiveFields, type ArchiveView, type PapersView } from '#shared/modules/contracts/contracts.papers.schema.ts'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Facts } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { LendDrawer, Loans } from './loans.tsx'

/** Where the originals lie, until when they are kept, and who has them now. */
export function ArchivePart({ view, papers }: { view: ContractView; papers: PapersView }) {
  const t = useT()
  const may = useCan('contracts.archive')
  const [open, setOpen] = useState<'place' | 'lend' | null>(null)
  const { archive } = papers
  const word = (key: string, params?: object) => t(`contracts:papers.${key}`, params as never)
  const close = () => setOpen(null)
  return (
    <section aria-label={word('archive')} className="papers-part">
      <div className="papers-head">
        <h3>{word('archive')}</h3>
        {may ? (
          <span className="action-bar">
            {archive && archive.present > 0 ? (
              <Button size="small" onClick={() => setOpen('lend')}>
                {word('lend')}
              </Button>
            ) : null}
            <Button size="small" onClick={() => setOpen('place')}>
              {word(archive ? 'move' : 'file')}
            </Button>
          </span>
        ) : null}
      </div>
      {archive ? <Place archive={archive} /> : <p className="muted">{word('noArchive')}</p>}
      {archive && archive.loans.length > 0 ? <Loans view={view} loans={archive.loans} may={may} /> : null}
      <PlaceDrawer view={view} papers={papers} open={open === 'place'} onClose={close} />
      <LendDrawer view={view} open={open === 'lend'} onClose={close} />
    </section>
  )
}

function Place({ archive }: { archive: ArchiveView }) {
  const t = useT()
  const word = (key: string, params?: object) => t(`contracts:papers.${key}`, params as never)
  const place = (['cabinet', 'box', 'placeNumber'] as const)
    .filter((key) => archive[key] !== '')
    .map((key) => `${word(key)} ${archive[key]}`)
    .join(' · ')
  return (
    <Facts
      items={[
        { label: word('placeLabel'), value: place },
        { label: word('presentLabel'), value: word('present', archive) },
        { label: word('archivedBy'), value: word('byDay', { name: archive.byName, day: archive.day }) },
        {
          label: word('retain'),
          value: word('retainWords', {
            day: archive.retainUntil,
            years: archive.years,
            source: archive.yearsSource || word('ownYears'),
          }),
        },
        ...(archive.note === '' ? [] : [{ label: word('note'), value: archive.note }]),
      ]}
    />
  )
}

const schema = archiveFields

function PlaceDrawer(props: { view: ContractView; papers: PapersView; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { archive, retention, signing } = props.papers
  const word = (key: string, params?: object) => t(`contracts:papers.${key}`, params as never)
  const title = word(archive ? 'move' : 'file')
  return (
    <ActionForm
      title={title}
      hint={word('archiveHint')}
      open={props.open}
      schema={schema}
      initial={{
        cabinet: archive?.cabinet ?? '',
        box: archive?.box ?? '',
        placeNumber: archive?.placeNumber ?? '',
        copies: archive?.copies ?? Math.max(1, signing?.copies.ours ?? 1),
        day: archive?.day ?? firmToday(),
        years: archive?.years ?? retention.years,
        note: archive?.note ?? '',
      }}
      submitLabel={title}
      onClose={props.onClose}
      submit={async (output) => {
        await api.contracts.papers.archive({
          ...output,
          id: props.view.id as never,
          version: archive?.version ?? -1,
        })
        notice.done(word('filed'))
      }}
    >
      <TextField name="cabinet" label={word('cabinet')} max={40} required />
      <TextField name="box" label={word('box')} max={40} />
      <TextField name="placeNumber" label={word('placeNumber')} max={40} />
      <CountField name="copies" label={word('copies')} required />
      <DayField name="day" label={word('day')} required />
      <CountField name="years" label={word('years')} hint={word('yearsHint', retention)} required />
      <TextAreaField name="note" label={word('note')} max={500} rows={2} />
    </ActionForm>
  )
}
