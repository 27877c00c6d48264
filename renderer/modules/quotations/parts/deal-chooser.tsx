import { useNavigate } from '@tanstack/react-router'
import { z } from 'zod'
import { entityId } from '#shared/kernel/text.ts'
import { DealPicker } from '#renderer/modules/deals/parts/deal-picker.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page, Panel } from '#renderer/ui/parts.tsx'
import { PlainForm } from '#renderer/ui/plain-form.tsx'

const schema = z.strictObject({ dealId: entityId })

/** First of all the deal: what is made of it belongs to it. */
export function DealChooser(props: { title: string; hint: string; action: string; path: string }) {
  const t = useT()
  const navigate = useNavigate()
  return (
    <Page title={props.title}>
      <Panel title={t('quotations:chooseDeal')}>
        <p className="form-hint muted">{props.hint}</p>
        <PlainForm
          schema={schema}
          initial={{ dealId: null }}
          action={props.action}
          submit={async ({ dealId }) => {
            await navigate({ to: props.path as never, search: { deal: dealId } as never, replace: true })
          }}
        >
          <DealPicker name="dealId" label={t('quotations:deal')} />
        </PlainForm>
      </Panel>
    </Page>
  )
}
