import type { NoteRow } from '#shared/modules/market/market.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<NoteRow['answer'], StatusTone>> = {
  open: 'attention',
  adopted: 'done',
  notAdopted: 'neutral',
}

/** What became of a note. */
export function AnswerTag({ answer }: { answer: NoteRow['answer'] }) {
  const t = useT()
  return <StatusTag tone={TONES[answer]}>{t(`market:answer.${answer}`)}</StatusTag>
}
