import { DownOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import type { ReactNode } from 'react'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { afterQuotationStep, type QuotationStep } from '#shared/modules/quotations/quotations.rules.ts'
import type { QuotationVersion, QuotationView } from '#shared/modules/quotations/quotations.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { useCan, useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import type { OpenStep } from './step-drawers.tsx'

interface Item {
  readonly key: string
  readonly label: string
  readonly act: () => void
}

/** What may be done next: at most one step stands out, the rest is one click further. */
export function QuotationActions(props: {
  view: QuotationView
  version: QuotationVersion
  onStep: (step: OpenStep) => void
  onPdf: (language: Locale | null) => void
  onRevised: () => void
}) {
  const t = useT()
  const navigate = useNavigate()
  const notice = useNotice()
  const me = useSession((state) => state.session?.user.userId)
  const mayDraft = useCan('contracts.create')
  const revise = useCommand((input: { id: string; version: number }, options) => api.quotations.revise(input, options))
  const { view, version } = props
  const word = (key: string) => t(`quotations:page.${key}`)
  const can = (step: QuotationStep) => view.editable && afterQuotationStep(view.state, step) !== null
  const step = (key: string, open: OpenStep): Item => ({ key, label: word(key), act: () => props.onStep(open) })
  const newVersion = async () => {
    try {
      await revise.run({ id: view.id, version: view.version })
      notice.done(t('quotations:revised', { no: view.no + 1 }))
      props.onRevised()
    } catch (error) {
      notice.fail(error)
    }
  }
  const draftContract = () =>
    void navigate({
      to: '/contracts/new' as never,
      search: { deal: view.dealId, quotation: view.id, no: version.no } as never,
    })
  const mine = view.versions[0]?.submittedById === me
  const accepts = can('accept') && view.stage !== 'expired'
  const more: Item[] = [
    ...(can('return') && (view.mayRelease || mine) ? [step(mine ? 'takeBack' : 'return', 'return')] : []),
    ...(can('revise') && accepts ? [{ key: 'revise', label: word('revise'), act: () => void newVersion() }] : []),
    ...(can('reject') ? [step('reject', 'rejected')] : []),
    ...(can('withdraw') ? [step(dropsDraft(view) ? 'drop' : 'withdraw', 'withdrawn')] : []),
    ...LOCALES.filter((language) => language !== version.fields.language).map((language) => ({
      key: `pdf ${language}`,
      label: `PDF · ${t(`contracts:languages.${language}`)}`,
      act: () => props.onPdf(language),
    })),
  ]
  const primary = (label: string, act: () => void): ReactNode => (
    <Button type="primary" loading={revise.busy} onClick={act}>
      {label}
    </Button>
  )
  return (
    <span className="action-bar">
      <Dropdown
        trigger={['click']}
        menu={{
          items: more.map(({ key, label }) => ({ key, label })),
          onClick: ({ key }) => more.find((item) => item.key === key)?.act(),
        }}
      >
        <Button>
          {word('more')} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      <Button onClick={() => props.onPdf(null)}>{word('openPdf')}</Button>
      {can('update') ? (
        <Button onClick={() => void navigate({ to: `/quotations/${view.id}/edit` as never })}>{word('edit')}</Button>
      ) : null}
      {mayDraft && version.sentDay !== null && view.editable && !accepts ? (
        <Button onClick={draftContract}>{word('draftContract')}</Button>
      ) : null}
      {can('send') ? primary(word('send'), () => props.onStep('send')) : null}
      {view.mayRelease ? primary(word('release'), () => props.onStep('release')) : null}
      {accepts ? primary(word('accept'), () => props.onStep('accepted')) : null}
      {can('revise') && !accepts ? primary(word('revise'), () => void newVersion()) : null}
    </span>
  )
}

/** Giving up a draft leaves the version before it standing. */
function dropsDraft(view: QuotationView): boolean {
  return view.no > 1 && view.versions[0]?.sentDay === null
}
