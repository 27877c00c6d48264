import type { z } from 'zod'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { formAnswer } from '#shared/modules/performance/performance.forms.schema.ts'
import {
  customerReview,
  REVIEW_CRITERIA,
  reviewGiven,
  reviewRated,
  type ReviewMarks,
} from '#shared/modules/performance/performance.review.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'

/** Whom a rating is about, and in what part it is given. */
export type Marking = {
  readonly month: PlainMonth
  readonly userId: string
  readonly userName: string
  readonly marks: ReviewMarks | null
  readonly comment: string
} & (
  | { readonly as: 'asked'; readonly id: string }
  | { readonly as: 'form'; readonly id: string; readonly number: string; readonly customerName: string }
  | { readonly as: 'rate' | 'customer' }
)

const NONE = { teamwork: null, reliability: null, skill: null, service: null }
const MARKS = [5, 4, 3, 2, 1] as const

/** Gives marks from 1 to 5, each with its words, and why where one is at the end of the scale. */
export function MarksDrawer({ of, onClose }: { of: Marking | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  if (!of) return null
  const { month, userId, userName, as } = of
  const word = (key: string, params?: Record<string, string>) => t(`performance:review.${key}`, params)
  const about = { month, userId }
  const known = { marks: of.marks ?? NONE, comment: of.comment }
  const schema: z.ZodType<z.infer<typeof reviewGiven> | z.infer<typeof reviewRated> | z.infer<typeof customerReview>> =
    {
      asked: reviewGiven,
      form: formAnswer,
      rate: reviewRated,
      customer: customerReview,
    }[as]
  return (
    <ActionForm
      title={
        as === 'form'
          ? t('performance:forms.answerTitle', { number: of.number, customer: of.customerName, name: userName })
          : word(as === 'customer' ? 'customerTitle' : 'rateTitle', { name: userName, month })
      }
      hint={word(`hints.${as === 'form' ? 'customer' : as}`)}
      open
      size={520}
      schema={schema}
      initial={
        as === 'asked' || as === 'form'
          ? { id: of.id, ...known }
          : as === 'rate'
            ? { ...about, ...known }
            : { ...about, ...known, customerName: '' }
      }
      submitLabel={word('give')}
      onClose={onClose}
      submit={async (given) => {
        if ('id' in given) {
          await (as === 'form' ? api.performance.form.answer(given) : api.performance.review.give(given))
        } else if ('customerName' in given) await api.performance.review.customer(given)
        else await api.performance.review.rate(given)
        notice.done(word('given'))
      }}
    >
      {as === 'customer' ? <TextField name="customerName" label={word('customerName')} max={100} required /> : null}
      {REVIEW_CRITERIA.map((key) => (
        <SelectField
          key={key}
          name={`marks.${key}`}
          label={word(`criteria.${key}`)}
          required
          options={MARKS.map((mark) => ({
            value: mark,
            label: mark % 2 === 1 ? `${mark} · ${word(`anchors.${key}.${mark}`)}` : String(mark),
          }))}
        />
      ))}
      <TextAreaField name="comment" label={word('comment')} max={500} rows={3} />
    </ActionForm>
  )
}
