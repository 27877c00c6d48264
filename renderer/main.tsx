import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import './app/base.css'
import { takeSeat } from './rpc/api.ts'
import { connect } from './rpc/connect.ts'
import { useSession } from './rpc/session.ts'
import { initialLocale, startI18n } from './ui/i18n.ts'

async function start(): Promise<void> {
  const root = createRoot(document.getElementById('root') as HTMLElement)
  try {
    const seat = await connect()
    takeSeat(seat)
    const status = await seat.api.session.status({})
    useSession.getState().setStatus(status)
    seat.onState((online) => useSession.getState().setOnline(online))
    await startI18n(initialLocale(status.locale))
  } catch {
    await startI18n(initialLocale(null))
    useSession.getState().setOnline(false)
  }
  root.render(<App />)
}

void start()
