import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { asMonth, shiftMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { firmMonth } from '#renderer/ui/firm-day.ts'
import '#renderer/modules/performance/performance.css'

/** The month in the address, the present one by this seat's calendar where none is given; another keeps what else stands there. */
export function useMonth(): { month: PlainMonth; go: (month: PlainMonth) => void } {
  const search = useSearch({ strict: false }) as { month?: string }
  const navigate = useNavigate()
  const month = asMonth(search.month ?? firmMonth())
  return {
    month,
    go: (next) => void navigate({ to: '.', search: ((old: object) => ({ ...old, month: next })) as never }),
  }
}

/** One month back, one forward. */
export function MonthPicker(props: { month: PlainMonth; onMonth: (month: PlainMonth) => void }) {
  const t = useT()
  return (
    <span className="month-picker">
      <Button
        icon={<LeftOutlined aria-hidden />}
        aria-label={t('performance:previous')}
        onClick={() => props.onMonth(shiftMonth(props.month, -1))}
      />
      <strong>{props.month}</strong>
      <Button
        icon={<RightOutlined aria-hidden />}
        aria-label={t('performance:next')}
        onClick={() => props.onMonth(shiftMonth(props.month, 1))}
      />
    </span>
  )
}

/** One year back, one forward. */
export function YearPicker(props: { year: number; onYear: (year: number) => void }) {
  const t = useT()
  return (
    <span className="month-picker">
      <Button
        icon={<LeftOutlined aria-hidden />}
        aria-label={t('performance:year.previous')}
        onClick={() => props.onYear(props.year - 1)}
      />
      <strong>{props.year}</strong>
      <Button
        icon={<RightOutlined aria-hidden />}
        aria-label={t('performance:year.next')}
        onClick={() => props.onYear(props.year + 1)}
      />
    </span>
  )
}

/** Points beside an axis: whole ones without decimals. */
export const axisScore = (hundredths: number) => formatScore(hundredths).replace(/\.00$/, '')
