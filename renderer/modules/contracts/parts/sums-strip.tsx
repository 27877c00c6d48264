import { formatYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import type { PlanSplit, Sums } from '#shared/modules/contracts/contracts.rules.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'

/** Amount, tax and instalments of what is typed, always in view and saying whether they add up. */
export function SumsStrip(props: { sums: Sums; split: PlanSplit; priceList: boolean }) {
  const t = useT()
  const locale = useLocale()
  const { sums, split } = props
  if (props.priceList && (split.difference === 0 || split.amounts.length === 0)) {
    return (
      <section className="sums-strip" aria-label={t('contracts:editor.sums')} aria-live="polite">
        <StatusTag tone="neutral">{t('contracts:editor.priceList')}</StatusTag>
        <span className="muted">{t('contracts:editor.priceListHint')}</span>
      </section>
    )
  }
  const total = split.amounts.reduce((sum, amount) => sum + amount, 0)
  const verdict = () => {
    const gap = split.difference
    if (gap === 0) return { tone: 'done' as const, text: t('contracts:editor.planFits') }
    if (sums.amount === 0) return { tone: 'danger' as const, text: t('contracts:editor.planWrong') }
    const key = gap > 0 ? 'planOver' : 'planUnder'
    return { tone: 'danger' as const, text: t(`contracts:editor.${key}`, { amount: formatYuan(Math.abs(gap)) }) }
  }
  const { tone, text } = verdict()
  return (
    <section className="sums-strip" aria-label={t('contracts:editor.sums')} aria-live="polite">
      <Figure label={t('contracts:editor.amount')} value={formatYuan(sums.amount)} strong />
      <Figure label={t('contracts:editor.net')} value={formatYuan(sums.net)} />
      <Figure label={t('contracts:editor.tax')} value={formatYuan(sums.tax)} />
      <Figure label={t('contracts:editor.planSum')} value={formatYuan(total)}>
        <StatusTag tone={tone}>{text}</StatusTag>
      </Figure>
      <span className="sums-capitals">
        <span className="muted">{t('contracts:editor.capitals')}</span>{' '}
        {rmbCapitals(sums.amount, locale === 'zh-TW' ? 'zh-TW' : 'zh-CN')}
      </span>
    </section>
  )
}

function Figure(props: { label: string; value: string; strong?: boolean; children?: React.ReactNode }) {
  return (
    <span className="sums-figure">
      <span className="muted">{props.label}</span>
      {props.strong ? <strong className="num">{props.value}</strong> : <span className="num">{props.value}</span>}
      {props.children}
    </span>
  )
}
