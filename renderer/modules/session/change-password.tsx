import { App, Button, Input } from 'antd'
import { useState, type FormEvent } from 'react'
import { api, fieldIssues, shownError } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Page, Panel } from '#renderer/ui/parts.tsx'

/** One's own password. `forced` where an administrator has reset it. */
export function ChangePassword(props: { forced?: boolean }) {
  const t = useT()
  const { message } = App.useApp()
  const { session, setSession } = useSession()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [failure, setFailure] = useState('')

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (next !== again) return setFailure(t('session:changePassword.different'))
    try {
      await api.session.changePassword({ current, next })
      if (session) setSession({ ...session, user: { ...session.user, mustChangePassword: false } })
      setCurrent('')
      setNext('')
      setAgain('')
      setFailure('')
      message.success(t('session:changePassword.done'))
    } catch (error) {
      const issue = fieldIssues(error)[0]
      const { code, data } = shownError(error)
      const reason = data['reason']
      setFailure(issue ? t(issue.key, issue.params) : typeof reason === 'string' ? t(reason) : t(`errors:${code}`))
    }
  }
  const field = (id: string, label: string, value: string, set: (text: string) => void, complete: string) => (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input.Password
        id={id}
        value={value}
        maxLength={128}
        autoComplete={complete}
        onChange={(event) => set(event.target.value)}
      />
    </div>
  )
  return (
    <form onSubmit={(event) => void submit(event)} className="narrow">
      {props.forced ? <h1>{t('session:changePassword.title')}</h1> : null}
      {props.forced ? <p>{t('session:changePassword.forced')}</p> : null}
      {failure === '' ? null : (
        <div className="form-errors" role="alert">
          {failure}
        </div>
      )}
      {field('current', t('session:fields.currentPassword'), current, setCurrent, 'current-password')}
      {field('next', t('session:fields.newPassword'), next, setNext, 'new-password')}
      {field('again', t('session:fields.again'), again, setAgain, 'new-password')}
      <p className="field-note">{t('session:password.hint')}</p>
      <Button type="primary" htmlType="submit">
        {t('session:changePassword.title')}
      </Button>
    </form>
  )
}

export function ChangePasswordPage() {
  const t = useT()
  return (
    <Page title={t('session:changePassword.title')}>
      <Panel>
        <ChangePassword />
      </Panel>
    </Page>
  )
}
