import { addMonths, asMonth } from '#shared/kernel/dates.ts'
import {
  PROPOSAL_KINDS,
  proposalClosed,
  proposalFields,
  type ProposalFields,
  type ProposalRow,
  type ProposalState,
  type Suggestion,
} from '#shared/modules/performance/performance.proposals.schema.ts'
import { figureOfSuggestion } from '#renderer/modules/performance/parts/suggestion-words.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

const TONES: Readonly<Record<ProposalState, StatusTone>> = {
  asked: 'active',
  returned: 'attention',
  refused: 'danger',
  withdrawn: 'neutral',
  approved: 'active',
  carried: 'done',
  dropped: 'neutral',
}

/** How a proposal stands. */
export function ProposalTag({ row }: { row: Pick<ProposalRow, 'state' | 'late'> }) {
  const t = useT()
  if (row.late) return <StatusTag tone="danger">{t('performance:proposals.late')}</StatusTag>
  return <StatusTag tone={TONES[row.state]}>{t(`performance:proposals.states.${row.state}`)}</StatusTag>
}

/** What a proposal is made of: a suggestion, a person, one that came back, or nothing. */
export interface Proposing {
  readonly suggestion?: Suggestion
  readonly userId?: string
  readonly userName?: string
  readonly again?: ProposalRow
}

/** What the form begins with; a month is time enough for most of what is proposed. */
function beginning({ suggestion, userId, again }: Proposing, t: ReturnType<typeof useT>) {
  const untilDay = addMonths(firmToday(), 1)
  const blank = {
    userId: userId ?? '',
    kind: 'training',
    subject: '',
    reason: '',
    basis: '',
    untilDay,
    cause: '',
    lastMonth: null,
  }
  if (again) {
    const { kind, subject, reason, basis } = again
    return { ...blank, userId: again.userId, kind, subject, reason, basis, untilDay: again.untilDay }
  }
  if (!suggestion) return blank
  const lastMonth = asMonth(suggestion.months.at(-1) ?? '')
  const subject = suggestion.indicator === null ? '' : t(`performance:indicators.${suggestion.indicator}`)
  const basis = figureOfSuggestion(suggestion, t)
  return {
    ...blank,
    userId: suggestion.userId,
    kind: suggestion.kinds[0],
    subject,
    basis,
    cause: suggestion.cause,
    lastMonth,
  }
}

/** Proposes something for somebody; another person decides it. */
export function ProposalDrawer(props: { of: Proposing | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const me = useSession((state) => state.session?.user.userId)
  const people = usePeopleChoices()
  const { of } = props
  if (!of) return null
  const word = (key: string) => t(`performance:proposals.${key}`)
  const fixed = of.suggestion !== undefined || of.again !== undefined || of.userId !== undefined
  return (
    <ActionForm
      title={[word('new'), of.suggestion?.userName ?? of.again?.userName ?? of.userName ?? '']
        .filter(Boolean)
        .join(' · ')}
      hint={word('hint')}
      open
      schema={proposalFields}
      initial={beginning(of, t) as unknown as ProposalFields}
      submitLabel={word(of.again ? 'again' : 'ask')}
      onClose={props.onClose}
      submit={async (fields) => {
        if (of.again)
          await api.performance.proposal.again({ id: of.again.id as never, version: of.again.version, fields })
        else await api.performance.proposal.ask(fields)
        notice.done(word('asked'))
      }}
    >
      {fixed ? null : (
        <SelectField
          name="userId"
          label={word('fields.userId')}
          options={people.filter((one) => one.value !== me)}
          required
        />
      )}
      <SelectField
        name="kind"
        label={word('fields.kind')}
        options={PROPOSAL_KINDS.map((value) => ({ value, label: word(`kinds.${value}`) }))}
      />
      <TextField name="subject" label={word('fields.subject')} max={80} />
      <TextAreaField name="reason" label={word('fields.reason')} max={200} required />
      <TextAreaField name="basis" label={word('fields.basis')} max={300} />
      <DayField name="untilDay" label={word('fields.untilDay')} required />
    </ActionForm>
  )
}

/** Says that what was approved was carried out, or that it was given up. */
export function CloseDrawer(props: { of: ProposalRow; carried: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { of, carried } = props
  const word = (key: string, params?: Record<string, string>) => t(`performance:proposals.${key}`, params)
  return (
    <ActionForm
      title={word(carried ? 'closeTitle' : 'dropTitle', { name: of.userName })}
      hint={carried ? word('closeHint') : ''}
      open
      schema={proposalClosed}
      initial={
        {
          id: of.id,
          version: of.version,
          carried,
          doneDay: firmToday(),
          result: '',
          evidence: '',
        } as never
      }
      submitLabel={word(carried ? 'close' : 'drop')}
      onClose={props.onClose}
      submit={async (fields) => {
        await api.performance.proposal.close(fields)
        notice.done(word('closed'))
      }}
    >
      <DayField name="doneDay" label={word('fields.doneDay')} required />
      <TextAreaField name="result" label={word(carried ? 'fields.result' : 'fields.reason')} max={200} required />
      <TextField name="evidence" label={word('fields.evidence')} max={200} hint={t('performance:entry.evidenceHint')} />
    </ActionForm>
  )
}
