import type { ReactNode } from 'react'
import { formatRate } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { formatPrice, formatQuantity } from '#shared/modules/contracts/contracts.format.ts'
import { lineSums } from '#shared/modules/contracts/contracts.rules.ts'
import {
  compareVersions,
  LINE_PARTS,
  type LineChange,
  type LinePart,
} from '#shared/modules/quotations/quotations.compare.ts'
import type { QuotationFields, QuotationLine, QuotationVersion } from '#shared/modules/quotations/quotations.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel, StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<LineChange['kind'], StatusTone>> = {
  same: 'neutral',
  changed: 'attention',
  added: 'done',
  removed: 'danger',
}

/** What a version changed against the one before it: struck out what was, marked what is. */
export function Redline({ before, after }: { before: QuotationVersion; after: QuotationVersion }) {
  const t = useT()
  const word = (key: string) => t(`quotations:redline.${key}`)
  const field = (key: string) => t(`quotations:fields.line.${key}`)
  const changes = compareVersions(before.fields, after.fields)
  const touched = changes.lines.filter((line) => line.kind !== 'same')
  const none = touched.length === 0 && changes.head.length === 0
  return (
    <Panel title={t('quotations:page.compare', { no: before.no })}>
      {none ? <p className="muted">{word('none')}</p> : null}
      {touched.length === 0 ? null : (
        <div className="cells-scroll">
          <table className="plain-table redline">
            <thead>
              <tr>
                <th>{word('title')}</th>
                <th>{field('name')}</th>
                {LINE_PARTS.map((part) => (
                  <th key={part} className={isNumber(part) ? 'num' : undefined}>
                    {field(part)}
                  </th>
                ))}
                <th className="num">{field('amount')}</th>
              </tr>
            </thead>
            <tbody>
              {touched.map((line, index) => (
                <Change key={index} line={line} />
              ))}
              <tr className="total">
                <td colSpan={LINE_PARTS.length + 2}>{word('total')}</td>
                <td className="num">
                  <Changed before={formatYuan(before.amount)} after={formatYuan(after.amount)} />
                </td>
              </tr>
            </tbody>
          </table>
        </div>
      )}
      {changes.head.length === 0 ? null : (
        <table className="plain-table redline">
          <thead>
            <tr>
              <th>{word('head')}</th>
              <th>{word('from')}</th>
              <th>{word('to')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.head.map((name) => (
              <tr key={name}>
                <td>{t(`quotations:fields.${name}`)}</td>
                <td>
                  <del>{headWords(before.fields, name, t)}</del>
                </td>
                <td>
                  <ins>{headWords(after.fields, name, t)}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function Change({ line }: { line: LineChange }) {
  const t = useT()
  const { before, after, kind, parts } = line
  const shown = after ?? before
  if (!shown) return null
  const whole = (text: string): ReactNode =>
    kind === 'added' ? <ins>{text}</ins> : kind === 'removed' ? <del>{text}</del> : text
  const cell = (part: LinePart) =>
    before && after && parts.includes(part) ? (
      <Changed before={partWords(before, part)} after={partWords(after, part)} />
    ) : (
      whole(partWords(shown, part))
    )
  const amount = (of: QuotationLine) => formatYuan(lineSums(of).amount)
  return (
    <tr>
      <td>
        <StatusTag tone={TONES[kind]}>{t(`quotations:redline.${kind}`)}</StatusTag>
      </td>
      <td>{whole(shown.name)}</td>
      {LINE_PARTS.map((part) => (
        <td key={part} className={isNumber(part) ? 'num' : undefined}>
          {cell(part)}
        </td>
      ))}
      <td className="num">
        {before && after ? <Changed before={amount(before)} after={amount(after)} /> : whole(amount(shown))}
      </td>
    </tr>
  )
}

function Changed(props: { before: string; after: string }) {
  if (props.before === props.after) return props.after
  return (
    <>
      <del className="was">{props.before}</del>
      <ins>{props.after}</ins>
    </>
  )
}

const isNumber = (part: LinePart) => part !== 'spec' && part !== 'unit'

function partWords(line: QuotationLine, part: LinePart): string {
  if (part === 'spec' || part === 'unit') return line[part]
  if (part === 'rate') return formatRate(line.rate)
  if (part === 'quantity') return formatQuantity(line.quantity)
  if (line[part] === 0) return ''
  return part === 'deliveryDays' ? String(line.deliveryDays) : formatPrice(line[part])
}

function headWords(fields: QuotationFields, name: keyof QuotationFields, t: ReturnType<typeof useT>): string {
  const value = fields[name]
  if (value === null || typeof value === 'object') return ''
  if (name === 'language') return t(`contracts:languages.${value}`)
  return name === 'prepay' ? formatRate(Number(value)) : String(value)
}
