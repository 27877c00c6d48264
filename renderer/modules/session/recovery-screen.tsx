import { Button, Radio } from 'antd'
import { useState } from 'react'
import type { CoreStatus } from '#shared/modules/session/session.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { GateFrame } from '#renderer/ui/gate-frame.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { BackupChoice } from './backup-choice.tsx'
import { SecretForm } from './secret-form.tsx'

type Kind = NonNullable<CoreStatus['recovery']>['kind']
type Way = 'accept' | 'keys' | 'restore' | 'salvage'

/** The ways back that make sense for what is wrong, the gentlest first. */
const WAYS: Readonly<Record<Kind, readonly Way[]>> = {
  'missing': ['restore'],
  'empty': ['restore'],
  'truncated': ['restore', 'salvage'],
  'foreign': ['restore'],
  'newer': [],
  'wrong-key': ['keys', 'restore'],
  'damaged': ['restore', 'keys', 'salvage'],
  'rolled-back': ['accept', 'restore'],
  'busy': [],
  'unsupported-place': [],
}

/** A data file that does not open: what is the matter, that nothing was changed, and the ways back. */
export function RecoveryScreen(props: { status: CoreStatus }) {
  const t = useT()
  const notice = useNotice()
  const { recovery, appVersion } = props.status
  const kind = recovery?.kind ?? 'damaged'
  const ways = WAYS[kind]
  const [way, setWay] = useState<Way | null>(ways[0] ?? null)
  const [copied, setCopied] = useState<string | null>(null)
  const [checking, setChecking] = useState(false)

  const retry = async () => {
    setChecking(true)
    try {
      await api.backups.recoveryRetry({})
      await readAgain()
    } catch (error) {
      notice.fail(error)
    } finally {
      setChecking(false)
    }
  }
  const supportCopy = async () => {
    try {
      setCopied((await api.backups.recoverySupportCopy({})).dir)
    } catch (error) {
      notice.fail(error)
    }
  }

  return (
    <GateFrame title={t('session:recovery.title')} wide>
      <p role="alert" className="notice">
        {t(`session:recovery.kinds.${kind}`, { fileVersion: recovery?.fileVersion ?? '', appVersion })}
      </p>
      <p className="muted">
        {t('session:recovery.untouched')}
        {recovery?.dataDir ? (
          <>
            {' '}
            {t('session:recovery.folder')} <code>{recovery.dataDir}</code>
          </>
        ) : null}
      </p>
      {way === null ? null : (
        <>
          {ways.length > 1 ? (
            <Radio.Group
              vertical
              value={way}
              aria-label={t('session:recovery.ways.title')}
              options={ways.map((value) => ({ value, label: t(`session:recovery.ways.${value}`) }))}
              onChange={(event) => setWay(event.target.value as Way)}
            />
          ) : null}
          <WayBack key={way} way={way} />
        </>
      )}
      <div className="gate-actions apart">
        <Button loading={checking} onClick={() => void retry()}>
          {t('session:recovery.retry')}
        </Button>
        <Button onClick={() => void supportCopy()}>{t('session:recovery.supportCopy')}</Button>
      </div>
      {copied === null ? null : (
        <p role="status">
          {t('session:recovery.copied')} <code>{copied}</code>
        </p>
      )}
    </GateFrame>
  )
}

async function readAgain(): Promise<void> {
  useSession.getState().setStatus(await api.session.status({}))
}

/** What one way back needs, and its button. */
function WayBack(props: { way: Way }) {
  const t = useT()
  const notice = useNotice()
  const [chosen, setChosen] = useState<{ dir?: string; name: string } | null>(null)
  const { way } = props
  const needsBackup = way === 'restore' || way === 'keys'
  return (
    <>
      <p>{t(`session:recovery.explain.${way}`)}</p>
      {needsBackup ? <BackupChoice chosen={chosen} onChosen={setChosen} /> : null}
      {needsBackup && chosen === null ? null : (
        <SecretForm
          action={t(`session:recovery.do.${way}`)}
          submit={async (secret) => {
            if (way === 'accept') await api.backups.recoveryAccept({ secret })
            else if (way === 'salvage') {
              const report = await api.backups.recoverySalvage({ secret })
              const rows = Object.values(report.rows).reduce((sum, n) => sum + n, 0)
              notice.done(t('session:recovery.salvaged', { rows, holes: report.holes, orphans: report.orphans }))
            } else if (chosen !== null) {
              await (way === 'restore' ? api.backups.recoveryRestore : api.backups.recoveryKeys)({ ...chosen, secret })
            }
            await readAgain()
          }}
        />
      )}
    </>
  )
}
