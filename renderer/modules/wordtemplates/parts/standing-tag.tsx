import type { Standing } from '#shared/modules/wordtemplates/wordtemplates.rules.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<Standing, StatusTone>> = {
  draft: 'neutral',
  upcoming: 'active',
  inUse: 'done',
  replaced: 'neutral',
  withdrawn: 'danger',
}

/** What an edition is today, by word and colour. */
export function StandingTag({ standing }: { standing: Standing }) {
  const t = useT()
  return <StatusTag tone={TONES[standing]}>{t(`wordtemplates:standings.${standing}`)}</StatusTag>
}
