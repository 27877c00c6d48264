import { Spin } from 'antd'
import { useEffect, useState } from 'react'
import { forgetOldDrafts } from '#renderer/local/drafts.ts'
import { api, shownError, takeSeat } from '#renderer/rpc/api.ts'
import { connect, type Api } from '#renderer/rpc/connect.ts'
import { createQueryClient, followSeat } from '#renderer/rpc/queries.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { hasChosenLocale, switchLocale } from '#renderer/ui/i18n.ts'
import { seatNow } from '#renderer/ui/seat-clock.ts'
import { Gate, NoConnection } from './gate.tsx'
import { Providers } from './providers.tsx'

type Phase = 'connecting' | 'ready' | 'unreachable'

const queries = createQueryClient()

/** Connects once, however often React mounts; then asks the core what the first screen shall be. */
let started: Promise<Phase> | null = null

async function start(): Promise<Phase> {
  try {
    const seat = await connect()
    takeSeat(seat)
    followSeat(seat)
    seat.onState((online) => useSession.getState().setOnline(online))
    seat.beforeReturn(resume)
    seat.onRefused(() => {
      queries.clear()
      useSession.getState().setRefused()
    })
    await readStatus(api)
    void forgetOldDrafts(seatNow()).catch(() => undefined)
    return 'ready'
  } catch {
    return 'unreachable'
  }
}

async function readStatus(by: Api): Promise<void> {
  const status = await by.session.status({})
  if (status.locale !== null && !hasChosenLocale()) await switchLocale(status.locale, { remember: false })
  useSession.getState().setStatus(status)
}

/**
 * A new connection of the same seat goes on with its session; where the core no longer knows it, it is over. Nothing
 * else is asked on the connection before: a page that asks without a session would be taken back to the log-in.
 */
async function resume(by: Api): Promise<void> {
  const { session, setSession, setStatus } = useSession.getState()
  try {
    if (session) setSession(await by.session.resume({ token: session.token }))
    else setStatus(await by.session.status({}))
  } catch (error) {
    // Broken off again: the next connection asks anew.
    if (shownError(error).code === 'OFFLINE') return
    setSession(null, 'ended')
    await readStatus(by).catch(() => undefined)
  }
}

/** The whole interface. */
export function Boot() {
  const [phase, setPhase] = useState<Phase>('connecting')
  const refused = useSession((state) => state.refused)
  useEffect(() => {
    started ??= start()
    void started.then(setPhase)
  }, [])
  return (
    <Providers queries={queries}>
      {phase === 'unreachable' || refused ? (
        <NoConnection />
      ) : phase === 'ready' ? (
        <Gate />
      ) : (
        <Spin fullscreen delay={300} />
      )}
    </Providers>
  )
}
