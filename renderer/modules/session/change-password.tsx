import { useState } from 'react'
import { z } from 'zod'
import { invalid } from '#shared/kernel/app-error.ts'
import { givenPassword, newPassword } from '#shared/modules/session/session.schema.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { PasswordField } from '#renderer/ui/fields/text-fields.tsx'
import { GateFrame } from '#renderer/ui/gate-frame.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Page, Panel } from '#renderer/ui/parts.tsx'
import { PlainForm } from '#renderer/ui/plain-form.tsx'

const schema = z
  .object({ current: givenPassword, next: newPassword, again: z.string() })
  .refine((values) => values.next === values.again, { path: ['again'], message: 'session:changePassword.different' })

/** One's own password: the old one, and the new one twice. */
function ChangePassword(props: { onDone?: () => void }) {
  const t = useT()
  const notice = useNotice()
  const [round, setRound] = useState(0)
  return (
    <PlainForm
      key={round}
      schema={schema}
      initial={{ current: '', next: '', again: '' }}
      action={t('session:changePassword.title')}
      submit={async ({ current, next }) => {
        await api.session.changePassword({ current, next }).catch(weakAsIssue('next'))
        const { session, setSession } = useSession.getState()
        if (session) setSession({ ...session, user: { ...session.user, mustChangePassword: false } })
        setRound((n) => n + 1)
        notice.done(t('session:changePassword.done'))
        props.onDone?.()
      }}
    >
      <PasswordField
        name="current"
        label={t('session:fields.currentPassword')}
        required
        autoComplete="current-password"
      />
      <PasswordField
        name="next"
        label={t('session:fields.newPassword')}
        hint={t('session:password.hint')}
        required
        autoComplete="new-password"
      />
      <PasswordField name="again" label={t('session:fields.again')} required autoComplete="new-password" />
    </PlainForm>
  )
}

/** The core's refusal of an easy password, as an error beside the field. */
export function weakAsIssue(field: string): (error: unknown) => never {
  return (error) => {
    const { code, data } = shownError(error)
    if (code === 'SESSION_PASSWORD_WEAK' && typeof data['reason'] === 'string') {
      throw invalid([{ path: [field], key: data['reason'] }])
    }
    throw error
  }
}

export function ChangePasswordPage() {
  const t = useT()
  return (
    <Page title={t('session:changePassword.title')}>
      <Panel>
        <div className="narrow">
          <ChangePassword />
        </div>
      </Panel>
    </Page>
  )
}

/** Before anything else, where an administrator has set the password. */
export function ChangePasswordScreen() {
  const t = useT()
  return (
    <GateFrame title={t('session:changePassword.title')} hint={t('session:changePassword.forced')}>
      <ChangePassword />
    </GateFrame>
  )
}
