import { useQuery } from '@tanstack/react-query'
import { Checkbox, Spin } from 'antd'
import { useEffect, useRef } from 'react'
import { z } from 'zod'
import { isPlainDay } from '#shared/kernel/dates.ts'
import { entityId } from '#shared/kernel/text.ts'
import { validity, type ClauseView } from '#shared/modules/clauses/clauses.schema.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { useLanguageNames, useWordsIn } from './use-words.ts'

const schema = validity.extend({ carry: z.array(entityId) })

/** Publishes the draft of a clause from a day on, and carries it into the templates that stay ticked. */
export function PublishClause(props: { view: ClauseView; no: number; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { view, no } = props
  const word = (key: string, params?: Record<string, string | number>) => t(`clauses:publishing.${key}`, params)
  return (
    <ActionForm
      title={word('title', { code: view.code, no })}
      hint={word('hint')}
      open={props.open}
      size={520}
      schema={schema}
      initial={{ validFrom: firmToday(), validTo: null, carry: [] }}
      submitLabel={word('submit')}
      onClose={props.onClose}
      submit={async (output) => {
        const { carried } = await api.clauses.publish({ ...output, id: view.id as never, version: view.version })
        notice.done(carried.length === 0 ? word('done') : word('carried', { count: carried.length }))
      }}
    >
      <DayField name="validFrom" label={t('clauses:fields.validFrom')} required />
      <DayField name="validTo" label={t('clauses:fields.validTo')} hint={t('clauses:hints.validTo')} />
      <CarryField id={view.id} />
    </ActionForm>
  )
}

/** The templates that hold a former edition: all ticked until somebody unticks one. */
function CarryField({ id }: { id: string }) {
  const t = useT()
  const nameOf = useWordsIn()
  const languages = useLanguageNames()
  const validFrom = useField<string>('validFrom').value
  const carry = useField<readonly string[]>('carry')
  const found = useQuery({
    queryKey: ['clauses', 'carry-targets', id, validFrom],
    queryFn: () => api.clauses.carryTargets({ id: id as never, validFrom: validFrom as never }),
    enabled: isPlainDay(validFrom ?? ''),
  })
  const targets = found.data
  const told = useRef<unknown>(null)
  useEffect(() => {
    if (!targets || told.current === targets) return
    told.current = targets
    carry.set(targets.map((target) => target.templateId))
  }, [targets, carry])
  if (found.error) return <ErrorNotice error={shownError(found.error)} onRetry={() => void found.refetch()} />
  if (!targets) return <Spin />
  return (
    <fieldset className="form-group">
      <legend>{t('clauses:fields.carry')}</legend>
      {targets.length === 0 ? <p className="muted">{t('clauses:publishing.none')}</p> : null}
      <ul className="carry-list">
        {targets.map((target) => (
          <li key={target.templateId}>
            <Checkbox
              checked={carry.value.includes(target.templateId)}
              disabled={carry.disabled}
              onChange={(event) =>
                carry.set(
                  event.target.checked
                    ? [...carry.value, target.templateId]
                    : carry.value.filter((other) => other !== target.templateId),
                )
              }
            >
              {t('clauses:publishing.target', {
                code: target.code,
                name: nameOf(target.names),
                clause: target.clauseNo,
              })}
            </Checkbox>
            {target.loses.length === 0 ? null : (
              <div className="carry-loss">{t('clauses:publishing.loses', { languages: languages(target.loses) })}</div>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
