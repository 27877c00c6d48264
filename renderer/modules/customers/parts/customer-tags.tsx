import type { CustomerRow } from '#shared/modules/customers/customers.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const STAGE_TONES: Readonly<Record<CustomerRow['stage'], StatusTone>> = {
  lead: 'neutral',
  screening: 'neutral',
  prospect: 'active',
  customer: 'done',
  dormant: 'attention',
  rejected: 'danger',
}

export function CustomerStageTag(props: { stage: CustomerRow['stage'] }) {
  const t = useT()
  return <StatusTag tone={STAGE_TONES[props.stage]}>{t(`customers:stage.${props.stage}`)}</StatusTag>
}

/** The grade as its letter; the word is its hint. */
export function GradeMark(props: { grade: CustomerRow['grade'] }) {
  const t = useT()
  return (
    <span className="grade-mark" title={t(`customers:grade.${props.grade}`)}>
      {props.grade}
    </span>
  )
}
