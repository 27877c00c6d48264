import { Button, Input } from 'antd'
import { useState, type FormEvent } from 'react'
import { api, fieldIssues, shownError, type ShownError } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { LanguageChoice } from './language-choice.tsx'

type Way = 'password' | 'code' | 'recovery'

/** Log-in by password, by a one-time code, or by the printed recovery code. */
export function LogIn(props: { firmName: string | null }) {
  const t = useT()
  const setSession = useSession((state) => state.setSession)
  const [way, setWay] = useState<Way>('password')
  const [login, setLogin] = useState('')
  const [secret, setSecret] = useState('')
  const [next, setNext] = useState('')
  const [failure, setFailure] = useState<ShownError | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    try {
      const session =
        way === 'password'
          ? await api.session.logIn({ login, password: secret })
          : way === 'code'
            ? await api.session.redeemCode({ login, code: secret, next })
            : await api.session.recover({ recoveryCode: secret, login, next })
      setSession(session)
    } catch (error) {
      const issue = fieldIssues(error)[0]
      setFailure(issue ? { code: 'VALIDATION', data: { text: t(issue.key, issue.params) } } : shownError(error))
    } finally {
      setBusy(false)
    }
  }
  const text = (): string => {
    if (!failure) return ''
    if (failure.code === 'VALIDATION') return String(failure.data['text'] ?? t('errors:VALIDATION'))
    const { reason, retryAt } = failure.data
    if (failure.code === 'SESSION_PASSWORD_WEAK' && typeof reason === 'string') return t(reason)
    if (typeof retryAt === 'number') {
      return t('session:waitUntil', { time: new Date(retryAt).toTimeString().slice(0, 8) })
    }
    return t(`errors:${failure.code}`, failure.data as never)
  }

  return (
    <main className="gate">
      <form className="gate-box" onSubmit={(event) => void submit(event)}>
        <h1>{props.firmName ?? t('common:appName')}</h1>
        <p className="muted">{t(`session:ways.${way}`)}</p>
        {failure ? (
          <div className="form-errors" role="alert">
            {text()}
          </div>
        ) : null}
        <div className="field">
          <label htmlFor="login">{t('session:fields.login')}</label>
          <Input
            id="login"
            autoFocus
            value={login}
            maxLength={40}
            autoComplete="username"
            onChange={(event) => setLogin(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="secret">{t(`session:secret.${way}`)}</label>
          {way === 'password' ? (
            <Input.Password
              id="secret"
              value={secret}
              maxLength={128}
              autoComplete="current-password"
              onChange={(event) => setSecret(event.target.value)}
            />
          ) : (
            <Input
              id="secret"
              value={secret}
              maxLength={120}
              autoComplete="one-time-code"
              onChange={(event) => setSecret(event.target.value)}
            />
          )}
        </div>
        {way === 'password' ? null : (
          <div className="field">
            <label htmlFor="next">{t('session:fields.newPassword')}</label>
            <Input.Password
              id="next"
              value={next}
              maxLength={128}
              autoComplete="new-password"
              onChange={(event) => setNext(event.target.value)}
            />
            <div className="field-note">{t('session:password.hint')}</div>
          </div>
        )}
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('session:logIn')}
        </Button>
        <p>
          {(['password', 'code', 'recovery'] as const)
            .filter((other) => other !== way)
            .map((other) => (
              <Button
                key={other}
                type="link"
                size="small"
                onClick={() => {
                  setWay(other)
                  setSecret('')
                  setFailure(null)
                }}
              >
                {t(`session:use.${other}`)}
              </Button>
            ))}
        </p>
        <LanguageChoice />
      </form>
    </main>
  )
}
