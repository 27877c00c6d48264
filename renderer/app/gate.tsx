import { useQueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useMemo } from 'react'
import { FirstRun } from '#renderer/modules/office/parts/first-run.tsx'
import { ChangePasswordScreen } from '#renderer/modules/session/change-password.tsx'
import { LogIn } from '#renderer/modules/session/log-in.tsx'
import { RecoveryScreen } from '#renderer/modules/session/recovery-screen.tsx'
import { followChanges } from '#renderer/rpc/queries.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { GateFrame } from '#renderer/ui/gate-frame.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { followJobs } from '#renderer/rpc/jobs.ts'
import { StepUpHost } from '#renderer/ui/step-up.tsx'
import { useIdleLock } from './idle-lock.ts'
import { createAppRouter } from './routes.ts'

/** What stands before the program: first run, recovery, log-in; then the program itself. */
export function Gate() {
  const t = useT()
  const { status, session } = useSession()
  const queries = useQueryClient()
  const userId = session?.user.userId ?? null

  useEffect(() => {
    if (userId === null) {
      // Nothing of the firm stays in the page of a locked seat.
      queries.clear()
      document.title = t('common:appName')
      return
    }
    const stop = new AbortController()
    void followChanges(queries, stop.signal)
    void followJobs(stop.signal)
    return () => stop.abort()
  }, [userId, queries, t])

  if (status === null) return null
  if (session === null) {
    if (status.state === 'first-run') return <FirstRun />
    if (status.state === 'recovery') return <RecoveryScreen status={status} />
    return <LogIn firmName={status.firmName} />
  }
  if (session.user.mustChangePassword) return <ChangePasswordScreen />
  return <Program key={session.user.userId} />
}

function Program() {
  const router = useMemo(createAppRouter, [])
  useIdleLock()
  return (
    <>
      <RouterProvider router={router} />
      <StepUpHost />
    </>
  )
}

/** No way to the core: a used or old link in a browser, or a program that is not running. */
export function NoConnection() {
  const t = useT()
  // A new link that is opened in this very tab changes only the part behind the #, which loads nothing by itself.
  useEffect(() => {
    const retry = () => window.location.reload()
    window.addEventListener('hashchange', retry)
    return () => window.removeEventListener('hashchange', retry)
  }, [])
  return (
    <GateFrame title={t('session:noConnection.title')}>
      <p>{t('session:noConnection.text')}</p>
      <Button type="primary" onClick={() => window.location.reload()}>
        {t('session:noConnection.retry')}
      </Button>
    </GateFrame>
  )
}
