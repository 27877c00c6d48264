import type { PlainMonth } from '#shared/kernel/dates.ts'
import { extraFields, extraRemoval } from '#shared/modules/performance/performance.extra.schema.ts'
import type { PersonSheet } from '#shared/modules/performance/performance.schema.ts'
import { formatScore, signedScore } from '#shared/modules/performance/performance.words.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { NumberField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { FigureAction } from './figure-action.tsx'
import { parseSigned } from './figure-fields.tsx'

/** What was given and taken beside the indicators, entry by entry, and what of it counts within the caps. */
export function ExtraLines(props: { person: PersonSheet; onTakeBack: ((id: string) => void) | null }) {
  const t = useT()
  const { extra, userName } = props.person
  const { onTakeBack } = props
  if (!extra) return null
  const caps = { up: formatScore(extra.mostUp), down: formatScore(extra.mostDown) }
  return (
    <>
      {extra.given.map(({ id, points, reason, evidence, byName }) => (
        <tr key={id}>
          <td className="muted">{t('performance:extra.by', { name: byName })}</td>
          <td colSpan={5}>
            {signedScore(points)} {[reason, evidence].filter(Boolean).join(' · ')}
            {onTakeBack ? (
              <FigureAction
                word={t('performance:extra.takeBack')}
                name={`${t('performance:extra.takeBack')} ${userName} ${reason}`}
                onClick={() => onTakeBack(id)}
              />
            ) : null}
          </td>
          <td />
        </tr>
      ))}
      <tr>
        <td colSpan={6}>{t('performance:extra.line', caps)}</td>
        <td className="num">{signedScore(extra.points)}</td>
      </tr>
    </>
  )
}

/** Gives or takes points for something that no indicator measures. */
export function ExtraDrawer(props: { month: PlainMonth; person: PersonSheet | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { month, person } = props
  if (!person) return null
  const word = (key: string, params?: Record<string, string>) => t(`performance:extra.${key}`, params)
  return (
    <ActionForm
      title={word('giveTo', { name: person.userName })}
      hint={word('hint')}
      open
      schema={extraFields}
      initial={{ month, userId: person.userId, points: null, reason: '', evidence: '' }}
      submitLabel={word('save')}
      onClose={props.onClose}
      submit={async (fields) => {
        await api.performance.extra.give(fields)
        notice.done(word('saved'))
      }}
    >
      <NumberField name="points" label={word('points')} parse={parseSigned} format={formatScore} required />
      <TextField name="reason" label={word('reason')} max={200} required />
      <TextField
        name="evidence"
        label={t('performance:entry.evidence')}
        max={200}
        hint={t('performance:entry.evidenceHint')}
      />
    </ActionForm>
  )
}

/** Takes an entry back; it stays on record with the reason. */
export function TakeBackDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  if (id === null) return null
  const word = (key: string) => t(`performance:extra.${key}`)
  return (
    <ActionForm
      title={word('takeBack')}
      hint={word('takeBackHint')}
      open
      schema={extraRemoval}
      initial={{ id, reason: '' }}
      submitLabel={word('takeBack')}
      danger
      onClose={onClose}
      submit={async (fields) => {
        await api.performance.extra.takeBack(fields)
        notice.done(word('takenBack'))
      }}
    >
      <TextField name="reason" label={word('reason')} max={200} required />
    </ActionForm>
  )
}
