import { useSession } from '#renderer/rpc/session.ts'
import { FirstRun } from '#renderer/modules/office/parts/first-run.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState } from '#renderer/ui/parts.tsx'
import { LogIn } from './log-in.tsx'
import { RecoveryScreen } from './recovery-screen.tsx'
import { ChangePassword } from './change-password.tsx'

/** What stands before the pages: first run, log-in, or the way back to a data file that does not open. */
export function Gate() {
  const t = useT()
  const { status, session } = useSession()
  if (session?.user.mustChangePassword) {
    return (
      <div className="gate">
        <div className="gate-box">
          <ChangePassword forced />
        </div>
      </div>
    )
  }
  if (!status) {
    return (
      <main className="gate">
        <div className="gate-box">
          <EmptyState text={t('session:noConnection')} />
        </div>
      </main>
    )
  }
  if (status.state === 'recovery') return <RecoveryScreen status={status} />
  if (status.state === 'first-run') return <FirstRun />
  return <LogIn firmName={status.firmName} />
}
