import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { z } from 'zod'
import { givenPassword, loginName, newPassword } from '#shared/modules/session/session.schema.ts'
import { api, type ShownError } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { PasswordField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { GateFrame } from '#renderer/ui/gate-frame.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { PlainForm } from '#renderer/ui/plain-form.tsx'
import { seatNow } from '#renderer/ui/seat-clock.ts'
import { weakAsIssue } from './change-password.tsx'

const WAYS = ['password', 'code', 'recovery'] as const
type Way = (typeof WAYS)[number]

const schemas = {
  password: z.object({ login: loginName, secret: givenPassword, next: z.string() }),
  code: z.object({
    login: loginName,
    secret: z.string().trim().min(4, 'validation:tooShort').max(80),
    next: newPassword,
  }),
  recovery: z.object({
    login: loginName,
    secret: z.string().trim().min(10, 'validation:tooShort').max(120),
    next: newPassword,
  }),
} as const

/** Log-in by password, by an administrator's one-time code, or by the printed recovery code. */
export function LogIn(props: { firmName: string | null }) {
  const t = useT()
  const { lastLogin, ended, setSession } = useSession()
  const [way, setWay] = useState<Way>('password')
  const explain = ({ code, data }: ShownError) => {
    const { retryAt } = data
    return code === 'SESSION_REFUSED' && typeof retryAt === 'number' ? <Wait until={retryAt} /> : null
  }
  const hint = way === 'password' && ended !== null ? t(`session:ended.${ended}`) : t(`session:ways.${way}`)
  return (
    <GateFrame title={props.firmName ?? t('common:appName')} hint={hint}>
      <PlainForm
        key={way}
        schema={schemas[way]}
        initial={{ login: lastLogin, secret: '', next: '' }}
        action={t(way === 'password' ? 'session:logIn' : 'session:setPassword')}
        block
        explain={explain}
        submit={async ({ login, secret, next }) => {
          setSession(
            way === 'password'
              ? await api.session.logIn({ login, password: secret })
              : way === 'code'
                ? await api.session.redeemCode({ login, code: secret, next }).catch(weakAsIssue('next'))
                : await api.session.recover({ recoveryCode: secret, login, next }).catch(weakAsIssue('next')),
          )
        }}
      >
        <TextField
          name="login"
          label={t('session:fields.login')}
          max={40}
          autoComplete="username"
          autoFocus={lastLogin === ''}
        />
        {way === 'password' ? (
          <PasswordField
            name="secret"
            label={t('session:fields.password')}
            autoComplete="current-password"
            autoFocus={lastLogin !== ''}
          />
        ) : (
          <>
            <TextField name="secret" label={t(`session:secret.${way}`)} max={120} autoComplete="one-time-code" />
            <PasswordField
              name="next"
              label={t('session:fields.newPassword')}
              hint={t('session:password.hint')}
              autoComplete="new-password"
            />
          </>
        )}
      </PlainForm>
      <div className="gate-ways">
        {WAYS.filter((other) => other !== way).map((other) => (
          <Button key={other} type="link" size="small" onClick={() => setWay(other)}>
            {t(`session:use.${other}`)}
          </Button>
        ))}
      </div>
    </GateFrame>
  )
}

/** Attempts are slowed down: says how long it still takes, second by second. */
function Wait(props: { until: number }) {
  const t = useT()
  const [left, setLeft] = useState(() => secondsTo(props.until))
  useEffect(() => {
    const timer = setInterval(() => setLeft(secondsTo(props.until)), 500)
    return () => clearInterval(timer)
  }, [props.until])
  return <>{left > 0 ? t('session:waitSeconds', { seconds: left }) : t('session:waitOver')}</>
}

const secondsTo = (moment: number): number => Math.max(0, Math.ceil((moment - seatNow()) / 1000))
