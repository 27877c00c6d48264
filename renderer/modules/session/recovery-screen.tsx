import type { CoreStatus } from '#shared/modules/session/session.schema.ts'
import { RestoreFromBackup } from '#renderer/modules/backups/parts/restore-from-backup.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { LanguageChoice } from './language-choice.tsx'

/** A data file that does not open: what is the matter, that nothing was changed, and the ways back. */
export function RecoveryScreen(props: { status: CoreStatus }) {
  const t = useT()
  const { recovery, appVersion } = props.status
  const kind = recovery?.kind ?? 'damaged'
  return (
    <main className="gate">
      <div className="gate-box wide">
        <h1>{t('session:recovery.title')}</h1>
        <p role="alert">{t(`session:recovery.kinds.${kind}`, { fileVersion: recovery?.fileVersion ?? '', appVersion })}</p>
        <p className="muted">{t('session:recovery.untouched')}</p>
        {recovery?.dataDir ? (
          <p>
            {t('session:recovery.folder')} <code>{recovery.dataDir}</code>
          </p>
        ) : null}
        {kind === 'busy' || kind === 'newer' || kind === 'unsupported-place' ? null : <RestoreFromBackup />}
        <LanguageChoice />
      </div>
    </main>
  )
}
