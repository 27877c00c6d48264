import { Button } from 'antd'
import { z } from 'zod'
import { optionalText, shortText } from '#shared/kernel/text.ts'
import {
  BASIS_KINDS,
  interestBasis,
  interestTerms,
  type TermsView,
} from '#shared/modules/claims/claims.interest.schema.ts'
import { LIMITATION_BY } from '#shared/modules/claims/claims.schema.ts'
import { PART_ORDERS } from '#shared/modules/receivables/receivables.parts.rules.ts'
import { DAY_COUNTS, RATE_UNITS, type InterestBasis } from '#shared/modules/receivables/receivables.rates.rules.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { NumberField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField, useSet } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { basisWords } from './basis-words.ts'

/** The form keeps the fields of every kind; only those of the chosen one are read. */
const basisFields = z.object({
  kind: z.enum(BASIS_KINDS),
  ppm: z.number().nullable(),
  per: z.enum(RATE_UNITS),
  surcharge: z.number().nullable(),
  at: z.enum(['breach', 'floating']),
})
const form = interestTerms.omit({ basis: true }).extend({
  basis: basisFields.transform((fields, ctx) => {
    const { kind, ppm, per, surcharge, at } = fields
    const said =
      kind === 'agreed' ? { kind, ppm, per } : kind === 'statutoryDaily' ? { kind, ppm } : { kind, surcharge, at }
    const parsed = interestBasis.safeParse(said)
    if (parsed.success) return parsed.data
    for (const { path } of parsed.error.issues) ctx.addIssue({ code: 'custom', path, message: 'validation:notANumber' })
    return z.NEVER
  }),
  article: shortText(20),
  limitationBy: z.enum(LIMITATION_BY),
  reason: optionalText(200),
})

const allFields = (basis: InterestBasis) => ({ ppm: null, per: 'day', surcharge: 0, at: 'breach', ...basis })

/** A percentage with up to four places as parts per million. */
const parsePpm = (text: string): number | null => {
  const plain = text.normalize('NFKC').replace(/[\s%,]/g, '')
  return /^\d{1,3}(\.\d{1,4})?$/.test(plain) ? Math.round(Number(plain) * 10_000) : null
}

/** Chooses for one contract by what interest is counted; what the law offers is put in at a press. */
export function TermsDrawer(props: { view: TermsView; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { view } = props
  const word = (key: string) => t(`claims:terms.${key}`)
  return (
    <ActionForm
      title={word('choose')}
      hint={word('hint')}
      open={props.open}
      schema={form}
      initial={{
        ...view.terms,
        basis: allFields(view.terms.basis),
        article: view.article,
        limitationBy: view.limitationBy,
        reason: view.chosen?.reason ?? '',
      }}
      submitLabel={word('choose')}
      size={520}
      onClose={props.onClose}
      submit={async ({ article, limitationBy, reason, ...terms }) => {
        const { contractId, version } = view
        await api.claims.interest.choose({
          contractId: contractId as never,
          version,
          terms,
          article,
          limitationBy,
          reason,
        })
        notice.done(word('saved'))
      }}
    >
      <Fields view={view} />
    </ActionForm>
  )
}

function Fields({ view }: { view: TermsView }) {
  const t = useT()
  const set = useSet()
  const kind = useField<InterestBasis['kind']>('basis.kind').value
  const word = (key: string) => t(`claims:terms.${key}`)
  const articles = [...new Set([...view.proposals.map((one) => one.article), view.article])]
  const rated = kind === 'agreed' || kind === 'statutoryDaily'
  return (
    <>
      <ul className="terms-proposals">
        {view.proposals.map((one, i) => (
          <li key={i}>
            <Button
              size="small"
              onClick={() => {
                set('basis', allFields(one.basis))
                set('article', one.article)
              }}
            >
              {word('take')}
            </Button>{' '}
            {basisWords(one.basis, t)} · {t(`contracts:articles.${one.article}`)}
            <span className="under muted">
              {one.reasons.map((why) => t(why.key, why.params)).join(t('claims:between'))}
            </span>
          </li>
        ))}
      </ul>
      <SelectField
        name="basis.kind"
        label={t('claims:sheet.basis')}
        options={BASIS_KINDS.map((value) => ({ value, label: t(`receivables:basis.kinds.${value}`) }))}
      />
      {rated ? (
        <NumberField
          name="basis.ppm"
          label={word('rate')}
          parse={parsePpm}
          format={(ppm) => String(ppm / 10_000)}
          suffix="%"
          required
        />
      ) : (
        <>
          <RateField name="basis.surcharge" label={word('surcharge')} required />
          <SelectField
            name="basis.at"
            label={word('atLabel')}
            options={(['breach', 'floating'] as const).map((value) => ({ value, label: word(`at.${value}`) }))}
          />
        </>
      )}
      {kind === 'agreed' ? (
        <SelectField
          name="basis.per"
          label={word('per')}
          options={RATE_UNITS.map((value) => ({ value, label: word(`units.${value}`) }))}
        />
      ) : null}
      <SelectField
        name="article"
        label={word('article')}
        options={articles.map((value) => ({ value, label: t(`contracts:articles.${value}`) }))}
      />
      <CountingFields />
      <TextField name="reason" label={t('claims:columns.note')} max={200} />
    </>
  )
}

/** How days are counted and what is paid first; shared by the terms of a contract and the firm's rules. */
export function CountingFields() {
  const t = useT()
  return (
    <>
      <SelectField
        name="dayCount"
        label={t('claims:sheet.dayCount')}
        options={DAY_COUNTS.map((value) => ({ value, label: t('claims:sheet.days', { days: value }) }))}
      />
      <CheckField name="paymentDayCounts" label={t('claims:terms.paymentDayCounts')} />
      <SelectField
        name="order"
        label={t('claims:sheet.order')}
        options={PART_ORDERS.map((value) => ({ value, label: t(`claims:sheet.orders.${value}`) }))}
      />
      <SelectField
        name="limitationBy"
        label={t('claims:terms.limitationBy')}
        options={LIMITATION_BY.map((value) => ({ value, label: t(`claims:terms.by.${value}`) }))}
      />
    </>
  )
}
