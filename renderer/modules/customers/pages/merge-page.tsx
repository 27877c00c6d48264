import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Checkbox, Radio, Spin } from 'antd'
import { useMemo, useState } from 'react'
import { z } from 'zod'
import {
  CONTACT_CHOICES,
  MERGE_FIELDS,
  mergedFields,
  type ContactChoice,
  type MergeField,
} from '#shared/modules/customers/customers.merge.rules.ts'
import { formatShown, labelIn, ownValue } from '#shared/modules/customers/customers.fields.rules.ts'
import { useCustomFields, useFieldWords } from '#renderer/modules/customers/custom-fields.queries.ts'
import { fileOf, shownValue } from '#renderer/modules/customers/parts/merge-values.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import '#renderer/modules/customers/customers.css'

export const mergeSearch = z.object({
  kept: z.string().max(36).catch(''),
  dropped: z.string().max(36).catch(''),
})

type Preview = Awaited<ReturnType<typeof api.customers.merges.preview>>

/** Two files side by side: what is taken of each, and what goes along. */
export function MergePage() {
  const t = useT()
  const navigate = useNavigate()
  const { kept = '', dropped = '' } = useSearch({ strict: false }) as { kept?: string; dropped?: string }
  const found = useQuery({
    queryKey: ['customers', 'merge', kept, dropped],
    enabled: kept !== '' && dropped !== '',
    queryFn: () => api.customers.merges.preview({ keptId: kept as never, droppedId: dropped as never }),
  })
  const swap = () => void navigate({ to: '.', search: { kept: dropped, dropped: kept } as never, replace: true })
  if (kept === '' || dropped === '') {
    return (
      <Page title={t('customers:merge.title')}>
        <EmptyState
          text={t('customers:merge.chooseTwo')}
          action={
            <Button onClick={() => void navigate({ to: '/customers/duplicates' as never })}>
              {t('customers:merge.pairs')}
            </Button>
          }
        />
      </Page>
    )
  }
  if (found.error) {
    return (
      <Page title={t('customers:merge.title')}>
        <ErrorNotice error={shownError(found.error)} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  if (!found.data) return <Spin className="grid-spin" />
  const key = `${kept}:${found.data.kept.version}:${dropped}:${found.data.dropped.version}`
  return <Comparison key={key} preview={found.data} onSwap={swap} />
}

function Comparison({ preview, onSwap }: { preview: Preview; onSwap: () => void }) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const { kept, dropped, moves, twoCodes } = preview
  const [take, setTake] = useState<ReadonlySet<MergeField>>(new Set(preview.take))
  const [takeFields, setTakeFields] = useState<ReadonlySet<string>>(new Set(preview.takeFields))
  const ownFields = useCustomFields()
  const words = useFieldWords()
  const [contacts, setContacts] = useState<ContactChoice>('both')
  const [sure, setSure] = useState(false)
  const merge = useCommand((_input: null, options) =>
    api.customers.merges.run(
      {
        kept: { id: kept.id, version: kept.version },
        dropped: { id: dropped.id, version: dropped.version },
        take: [...take],
        takeFields: [...takeFields],
        contacts,
        sure,
      } as never,
      options,
    ),
  )
  const files = useMemo(() => ({ kept: fileOf(kept), dropped: fileOf(dropped) }), [kept, dropped])
  const result = mergedFields(files.kept, files.dropped, [...take], contacts, [...takeFields])
  const run = async () => {
    try {
      const { id } = await merge.run(null)
      notice.done(t('customers:merge.done', { name: result.name }), () => void undo(id))
      go(`/customers/${kept.id}`)
    } catch {
      // Shown above the comparison.
    }
  }
  const undo = async (id: string) => {
    try {
      await api.customers.merges.undo({ id: id as never })
      notice.done(t('customers:merge.undone'))
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Page
      title={t('customers:merge.title')}
      action={
        <span className="action-bar">
          <Button onClick={onSwap}>{t('customers:merge.swap')}</Button>
          <Button onClick={() => go(`/customers/${kept.id}`)}>{t('common:cancel')}</Button>
          <Button type="primary" loading={merge.busy} disabled={twoCodes && !sure} onClick={() => void run()}>
            {t('customers:merge.run')}
          </Button>
        </span>
      }
    >
      {merge.error ? <ErrorNotice error={merge.error} /> : null}
      {twoCodes ? (
        <div className="notice attention">
          <Checkbox checked={sure} onChange={(event) => setSure(event.target.checked)}>
            {t('customers:merge.sure')}
          </Checkbox>
        </div>
      ) : null}
      <div className="columns-main">
        <Panel title={t('customers:merge.fields')}>
          <table className="grid-table merge-table">
            <colgroup>
              <col width={150} />
              <col />
              <col />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">{t('customers:merge.field')}</th>
                <th scope="col">
                  {t('customers:merge.kept')} · {kept.code}
                </th>
                <th scope="col">
                  {t('customers:merge.dropped')} · {dropped.code}
                </th>
              </tr>
            </thead>
            <tbody>
              {MERGE_FIELDS.map((field) => (
                <ChoiceRow
                  key={field}
                  name={field}
                  label={t(`customers:fields.${field}`)}
                  values={{ kept: shownValue(t, field, kept), dropped: shownValue(t, field, dropped) }}
                  from={take.has(field) ? 'dropped' : 'kept'}
                  onChoose={(from) => setTake(chosen(take, field, from))}
                />
              ))}
              {ownFields.map((field) => (
                <ChoiceRow
                  key={field.key}
                  name={`fields.${field.key}`}
                  label={labelIn(field.labels, words.locale)}
                  values={{
                    kept: formatShown(field, ownValue(kept.fields, field.key), words),
                    dropped: formatShown(field, ownValue(dropped.fields, field.key), words),
                  }}
                  from={takeFields.has(field.key) ? 'dropped' : 'kept'}
                  onChoose={(from) => setTakeFields(chosen(takeFields, field.key, from))}
                />
              ))}
              <tr>
                <th scope="row">{t('customers:fields.contacts')}</th>
                {([kept, dropped] as const).map((file) => (
                  <td key={file.id}>{file.contacts.map((contact) => contact.name).join(' · ')}</td>
                ))}
              </tr>
            </tbody>
          </table>
        </Panel>
        <div className="page">
          <Panel title={t('customers:merge.result')}>
            <Facts
              items={[
                { label: t('customers:fields.name'), value: result.name },
                { label: t('customers:fields.uscc'), value: result.uscc },
                {
                  label: t('customers:fields.contacts'),
                  value: result.contacts.map((contact) => contact.name).join(' · '),
                },
              ]}
            />
            <Radio.Group
              value={contacts}
              aria-label={t('customers:fields.contacts')}
              options={CONTACT_CHOICES.map((choice) => ({
                value: choice,
                label: t(`customers:merge.contacts.${choice}`),
              }))}
              onChange={(event) => setContacts(event.target.value as ContactChoice)}
            />
          </Panel>
          <Panel title={t('customers:merge.moves')}>
            {moves.length === 0 ? <p className="muted">{t('customers:merge.noMoves')}</p> : null}
            <Facts
              items={moves.map(({ what, count }) => ({ label: t(`customers:merge.what.${what}`), value: count }))}
            />
            <p className="muted">{t('customers:merge.wayBack')}</p>
          </Panel>
        </div>
      </div>
    </Page>
  )
}

type From = 'kept' | 'dropped'

/** The set with a field taken from the dropped file, or left as the kept one has it. */
function chosen<Field>(take: ReadonlySet<Field>, field: Field, from: From): ReadonlySet<Field> {
  const next = new Set(take)
  if (from === 'dropped') next.add(field)
  else next.delete(field)
  return next
}

/** What both files say in one field; where they differ, one of them is taken. Empty in both, it is left out. */
function ChoiceRow(props: {
  name: string
  label: string
  values: Readonly<Record<From, string>>
  from: From
  onChoose: (from: From) => void
}) {
  const t = useT()
  const { name, label, values } = props
  const same = values.kept === values.dropped
  if (same && values.kept === '') return null
  return (
    <tr className={same ? 'muted' : undefined}>
      <th scope="row">{label}</th>
      {(['kept', 'dropped'] as const).map((which) => (
        <td key={which}>
          {same ? (
            values[which]
          ) : (
            <Radio
              checked={props.from === which}
              name={`merge-${name}`}
              aria-label={`${label}: ${values[which] || t('customers:merge.nothing')}`}
              onChange={() => props.onChoose(which)}
            >
              {values[which] || <span className="muted">{t('customers:merge.nothing')}</span>}
            </Radio>
          )}
        </td>
      ))}
    </tr>
  )
}
