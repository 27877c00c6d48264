import { Radio } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { givenPassword, loginName } from '#shared/modules/session/session.schema.ts'
import { PasswordField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { PlainForm } from '#renderer/ui/plain-form.tsx'

/** What opens a key slot before anybody can log in. */
type Secret = { login: string; password: string } | { recoveryCode: string }

const byPassword = z.object({ login: loginName, password: givenPassword })
const byCode = z.object({ recoveryCode: z.string().trim().min(10, 'validation:tooShort').max(120) })

/** Proves with a password or with the printed recovery code that the data is one's own, and goes on. */
export function SecretForm(props: { action: string; submit: (secret: Secret) => Promise<void> }) {
  const t = useT()
  const [way, setWay] = useState<'password' | 'recovery'>('password')
  return (
    <>
      <Radio.Group
        optionType="button"
        size="small"
        value={way}
        aria-label={t('session:recovery.proof')}
        options={[
          { value: 'password', label: t('session:secret.password') },
          { value: 'recovery', label: t('session:secret.recovery') },
        ]}
        onChange={(event) => setWay(event.target.value as 'password' | 'recovery')}
      />
      <div className="narrow gate-proof">
        <PlainForm<Secret>
          key={way}
          schema={way === 'password' ? byPassword : byCode}
          initial={{ login: '', password: '', recoveryCode: '' }}
          action={props.action}
          submit={props.submit}
        >
          {way === 'password' ? (
            <>
              <TextField name="login" label={t('session:fields.login')} max={40} autoComplete="username" />
              <PasswordField name="password" label={t('session:fields.password')} autoComplete="current-password" />
            </>
          ) : (
            <TextField name="recoveryCode" label={t('session:secret.recovery')} max={120} autoComplete="off" />
          )}
        </PlainForm>
      </div>
    </>
  )
}
