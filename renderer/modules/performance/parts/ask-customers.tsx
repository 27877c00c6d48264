import { Button, Checkbox, Drawer, Input, Select, Spin } from 'antd'
import { useState } from 'react'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { issueFromZod } from '#shared/kernel/zod-issues.ts'
import { formsMake, type FormCandidate } from '#shared/modules/performance/performance.forms.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { issuesAsErrors, type FormErrors } from '#renderer/ui/form-state.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, StatusTag } from '#renderer/ui/parts.tsx'
import { useAttempt } from '#renderer/ui/use-attempt.ts'

/** Whom customers are asked about, and for which month. */
export interface Asking {
  readonly month: PlainMonth
  readonly userId: string
  readonly userName: string
}

interface Chosen {
  readonly contactName: string
  readonly email: string
}

/** Chooses customers to be asked about a person's month, and makes a form for each. */
export function AskCustomersDrawer({ of, onClose }: { of: Asking | null; onClose: () => void }) {
  const t = useT()
  return (
    <Drawer
      open={of !== null}
      onClose={onClose}
      title={of ? t('performance:forms.askOf', { name: of.userName, month: of.month }) : ''}
      size={760}
      destroyOnHidden
    >
      {of ? <Body of={of} onClose={onClose} /> : null}
    </Drawer>
  )
}

function Body({ of, onClose }: { of: Asking; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const own = useLocale()
  const { month, userId } = of
  const [text, setText] = useState('')
  const [language, setLanguage] = useState<Locale>(own)
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map())
  const [errors, setErrors] = useState<FormErrors>({})
  const { attempt, busy, failure } = useAttempt()
  const making = useCommand((input: Parameters<typeof api.performance.form.make>[0], options) =>
    api.performance.form.make(input, options),
  )
  const found = useList('performance', ['forms', 'candidates', month, userId, text], () =>
    api.performance.form.candidates({ month, userId: userId as never, text: text || undefined }),
  )
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:forms.${key}`, params)
  const change = (id: string, to: Chosen | null) => {
    const next = new Map(chosen)
    if (to) next.set(id, to)
    else next.delete(id)
    setErrors({})
    setChosen(next)
  }
  const make = () => {
    const rows = [...chosen].map(([customerId, one]) => ({ customerId, ...one }))
    const parsed = formsMake.safeParse({ month, userId, language, rows })
    if (!parsed.success) return setErrors(issuesAsErrors(parsed.error.issues.map(issueFromZod), t))
    return void attempt(async () => {
      const { made } = await making.run(parsed.data)
      notice.done(word('made', { count: made }))
      onClose()
    })
  }
  /** What is wrong with the address of a chosen customer, by its place among those that are chosen. */
  const wrong = (id: string) => errors[`rows.${[...chosen.keys()].indexOf(id)}.email`]
  return (
    <>
      <p className="muted">{word('hint')}</p>
      {failure ? <ErrorNotice error={failure} /> : null}
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      <p className="action-bar">
        <Input.Search
          className="people-text"
          aria-label={word('search')}
          placeholder={word('search')}
          allowClear
          maxLength={60}
          onSearch={setText}
        />
        <Select
          aria-label={word('language')}
          title={word('language')}
          value={language}
          options={LOCALES.map((value) => ({ value, label: t(`contracts:languages.${value}`) }))}
          onChange={setLanguage}
        />
        <span className="spacer" />
        <span className="muted">{word('chosen', { count: chosen.size })}</span>
        <Button type="primary" loading={busy} disabled={chosen.size === 0} onClick={make}>
          {word('make')}
        </Button>
      </p>
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {found.data?.length === 0 ? <EmptyState text={word('none')} /> : null}
      {found.data && found.data.length > 0 ? (
        <table className="plain-table ask-customers">
          <thead>
            <tr>
              <th scope="col">{word('fields.customer')}</th>
              <th scope="col">{word('fields.contact')}</th>
              <th scope="col">{word('fields.email')}</th>
            </tr>
          </thead>
          <tbody>
            {found.data.map((one) => (
              <Line
                key={one.customerId}
                one={one}
                chosen={chosen.get(one.customerId) ?? null}
                wrong={wrong(one.customerId)}
                onChange={(to) => change(one.customerId, to)}
              />
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  )
}

function Line(props: {
  one: FormCandidate
  chosen: Chosen | null
  wrong: string | undefined
  onChange: (to: Chosen | null) => void
}) {
  const t = useT()
  const { one, chosen, wrong, onChange } = props
  const word = (key: string, params?: Record<string, string>) => t(`performance:forms.${key}`, params)
  const name = one.customerName
  return (
    <tr>
      <td>
        <Checkbox
          checked={chosen !== null}
          aria-label={word('choose', { name })}
          onChange={(event) =>
            onChange(event.target.checked ? { contactName: one.contactName, email: one.email } : null)
          }
        >
          {name}
        </Checkbox>
        {one.met ? <StatusTag tone="done">{word('met')}</StatusTag> : null}
        {one.number === '' ? null : <StatusTag tone="attention">{word('asked', { number: one.number })}</StatusTag>}
      </td>
      <td>
        {chosen === null ? (
          one.contactName
        ) : (
          <Input
            size="small"
            aria-label={word('contactOf', { name })}
            value={chosen.contactName}
            maxLength={60}
            onChange={(event) => onChange({ ...chosen, contactName: event.target.value })}
          />
        )}
      </td>
      <td>
        {chosen === null ? (
          one.email
        ) : (
          <>
            <Input
              size="small"
              aria-label={word('emailOf', { name })}
              aria-invalid={wrong !== undefined}
              {...(wrong === undefined ? {} : { status: 'error' as const })}
              value={chosen.email}
              maxLength={120}
              onChange={(event) => onChange({ ...chosen, email: event.target.value })}
            />
            {wrong === undefined ? null : (
              <div role="alert" className="field-note error">
                {wrong}
              </div>
            )}
          </>
        )}
      </td>
    </tr>
  )
}
