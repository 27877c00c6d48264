import { formatRate } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import { belowFloor, marginOf, quotationSums } from '#shared/modules/quotations/quotations.rules.ts'
import type { QuotationLine } from '#shared/modules/quotations/quotations.schema.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'

/** Total and tax of what is typed, always in view; what is earned on it for whoever may see that. */
export function SumsStrip(props: { lines: readonly QuotationLine[]; seesCost: boolean }) {
  const t = useT()
  const locale = useLocale()
  const sums = quotationSums(props.lines)
  return (
    <section className="sums-strip" aria-label={t('quotations:sums.label')} aria-live="polite">
      <span className="sums-figure">
        <span className="muted">{t('quotations:sums.amount')}</span>
        <strong className="num">{formatYuan(sums.amount)}</strong>
      </span>
      <Figure label={t('quotations:sums.net')} value={formatYuan(sums.net)} />
      <Figure label={t('quotations:sums.tax')} value={formatYuan(sums.tax)} />
      <FloorTag lines={props.lines} />
      <span className="sums-capitals">
        <span className="muted">{t('quotations:sums.capitals')}</span>{' '}
        {rmbCapitals(sums.amount, locale === 'zh-TW' ? 'zh-TW' : 'zh-CN')}
      </span>
      {props.seesCost ? <MarginFigures lines={props.lines} /> : null}
    </section>
  )
}

/** Whether anything is offered below its floor price. */
export function FloorTag({ lines }: { lines: readonly QuotationLine[] }) {
  const t = useT()
  const count = belowFloor(lines).length
  return (
    <StatusTag tone={count > 0 ? 'danger' : 'done'}>
      {count > 0 ? t('quotations:margin.below', { count }) : t('quotations:margin.fine')}
    </StatusTag>
  )
}

/** What is earned on the lines whose cost is known. */
export function MarginFigures({ lines }: { lines: readonly QuotationLine[] }) {
  const t = useT()
  const found = marginOf(lines)
  const unknown = t('quotations:margin.unknown')
  return (
    <span className="margin-strip">
      <Figure
        label={t('quotations:margin.margin')}
        value={found.margin === null ? unknown : formatRate(found.margin)}
        tone={found.margin !== null && found.margin < 0 ? 'negative' : ''}
      />
      <Figure label={t('quotations:margin.revenue')} value={formatYuan(found.revenue)} />
      <Figure label={t('quotations:margin.cost')} value={formatYuan(found.cost)} />
      <span className="muted">{t('quotations:margin.covered', { covered: found.covered, all: lines.length })}</span>
    </span>
  )
}

function Figure(props: { label: string; value: string; tone?: string }) {
  return (
    <span className="sums-figure">
      <span className="muted">{props.label}</span>
      <span className={`num ${props.tone ?? ''}`}>{props.value}</span>
    </span>
  )
}
