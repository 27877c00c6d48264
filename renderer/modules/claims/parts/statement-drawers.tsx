import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { fen } from '#shared/kernel/money.ts'
import { longText, optionalText, shortText } from '#shared/kernel/text.ts'
import {
  SIGNER_ROLES,
  STATEMENT_ANSWERS,
  STATEMENT_WAYS,
  type StatementAnswer,
  type StatementRow,
} from '#shared/modules/claims/claims.statements.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

interface DrawerProps {
  readonly row: StatementRow
  readonly open: boolean
  readonly onClose: () => void
}

const sending = z.strictObject({ way: z.enum(STATEMENT_WAYS), day: plainDay, reference: optionalText(60) })

/** How and when a statement went out. */
export function SentStatement({ row, open, onClose }: DrawerProps) {
  const t = useT()
  const notice = useNotice()
  const word = (key: string) => t(`claims:statements.${key}`)
  return (
    <ActionForm
      title={word('markSent')}
      hint={word('sentHint')}
      open={open}
      schema={sending}
      initial={{ way: row.sentWay ?? 'ems', day: row.sentDay ?? firmToday(), reference: row.sentReference }}
      submitLabel={word('markSent')}
      onClose={onClose}
      submit={async (output) => {
        await api.claims.statements.markSent({ ...output, id: row.id as never, version: row.version })
        notice.done(word('sentDone'))
      }}
    >
      <SelectField
        name="way"
        label={word('way')}
        options={STATEMENT_WAYS.map((value) => ({ value, label: word(`ways.${value}`) }))}
      />
      <DayField name="day" label={t('claims:columns.sentDay')} required />
      <TextField name="reference" label={word('reference')} max={60} />
    </ActionForm>
  )
}

const answering = z
  .strictObject({
    answer: z.enum(STATEMENT_ANSWERS),
    day: plainDay,
    signer: shortText(40),
    signerRole: z.enum(SIGNER_ROLES),
    theirAmount: fen.nullable(),
    note: longText(500),
    scanned: z.boolean(),
  })
  .refine((it) => it.answer === 'confirmed' || it.theirAmount !== null || it.note !== '', {
    path: ['note'],
    message: 'claims:errors.difference',
  })

/** What came back: signed as it is, or with what they hold against it. */
export function AnsweredStatement({ row, open, onClose }: DrawerProps) {
  const t = useT()
  const notice = useNotice()
  const word = (key: string) => t(`claims:statements.${key}`)
  return (
    <ActionForm
      title={word('answer')}
      hint={word('answerHint')}
      open={open}
      schema={answering}
      initial={{
        answer: 'confirmed',
        day: firmToday(),
        signer: '',
        signerRole: 'inCharge',
        theirAmount: null,
        note: '',
        scanned: false,
      }}
      submitLabel={word('answer')}
      onClose={onClose}
      submit={async (output) => {
        await api.claims.statements.answer({ ...output, id: row.id as never, version: row.version })
        notice.done(word('answered'))
      }}
    >
      <SelectField
        name="answer"
        label={word('answerKind')}
        options={STATEMENT_ANSWERS.map((value) => ({ value, label: word(`states.${value}`) }))}
      />
      <DayField name="day" label={t('claims:columns.answerDay')} required />
      <TextField name="signer" label={t('claims:columns.signer')} max={40} required />
      <SelectField
        name="signerRole"
        label={t('claims:signerRole')}
        options={SIGNER_ROLES.map((value) => ({ value, label: t(`claims:signerRoles.${value}`) }))}
        hint={t('claims:signerHint')}
      />
      <TheirAmount />
      <TextAreaField name="note" label={t('claims:columns.note')} max={500} rows={2} />
      <CheckField name="scanned" label={t('claims:scanned')} />
    </ActionForm>
  )
}

function TheirAmount() {
  const t = useT()
  const { value } = useField<StatementAnswer>('answer')
  return value === 'differs' ? <MoneyField name="theirAmount" label={t('claims:columns.theirAmount')} /> : null
}
