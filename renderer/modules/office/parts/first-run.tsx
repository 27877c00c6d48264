import { App, Button, Input, Radio, Steps } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import type { Locale } from '#shared/i18n/locale.ts'
import { normaliseCode, shortText } from '#shared/kernel/text.ts'
import { issueFromZod } from '#shared/kernel/zod-issues.ts'
import { firmProfile } from '#shared/modules/office/office.schema.ts'
import { weakPassword } from '#shared/modules/session/password.rules.ts'
import { loginName, newPassword, type SessionInfoView } from '#shared/modules/session/session.schema.ts'
import { LanguageChoice } from '#renderer/modules/session/language-choice.tsx'
import { api, fieldIssues, shownError, type ShownError } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { PasswordField, PhoneField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { FormContext, setPath, type FormErrors, type FormValues } from '#renderer/ui/form-state.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice } from '#renderer/ui/parts.tsx'

const administrator = z.strictObject({ name: shortText(40), login: loginName, password: newPassword })
const STEPS = ['language', 'firm', 'administrator', 'backup', 'recovery'] as const

/** First run in five steps: language, firm, administrator, backups and content, recovery code asked back. */
export function FirstRun() {
  const t = useT()
  const locale = useLocale()
  const { message } = App.useApp()
  const setSession = useSession((state) => state.setSession)
  const [step, setStep] = useState(0)
  const [values, setValues] = useState<FormValues>({ firm: {}, administrator: {}, backupDir: '' })
  const [content, setContent] = useState<'empty' | 'sample'>('empty')
  const [errors, setErrors] = useState<FormErrors>({})
  const [failure, setFailure] = useState<ShownError | null>(null)
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<{ recoveryCode: string; session: SessionInfoView } | null>(null)

  const judge = (schema: z.ZodType, path: 'firm' | 'administrator'): boolean => {
    const parsed = schema.safeParse(values[path])
    const found: Record<string, string> = {}
    for (const issue of parsed.error?.issues ?? []) {
      const shown = issueFromZod(issue)
      found[[path, ...shown.path].join('.')] ??= t(shown.key, shown.params)
    }
    if (path === 'administrator' && parsed.success) {
      const who = values['administrator'] as { name: string; login: string; password: string }
      const weak = weakPassword(who.password, [who.login, who.name, String((values['firm'] as FormValues)['name'] ?? '')])
      if (weak) found['administrator.password'] = t(weak)
    }
    setErrors(found)
    return Object.keys(found).length === 0
  }

  const make = async () => {
    setBusy(true)
    setFailure(null)
    try {
      if (values['backupDir'] !== '') {
        const folder = await api.office.checkFolder({ path: String(values['backupDir']) })
        if (!folder.ok) return setErrors({ backupDir: t(folder.reason ?? 'validation:invalid') })
      }
      const done = await api.office.firstRun({
        locale: locale as Locale,
        firm: values['firm'] as never,
        administrator: values['administrator'] as never,
        backupDir: String(values['backupDir']),
        content,
      })
      setMade({ recoveryCode: done.recoveryCode, session: done.session })
      setStep(4)
    } catch (error) {
      const issues = fieldIssues(error)
      if (issues.length > 0) {
        setErrors(Object.fromEntries(issues.map((issue) => [issue.path.join('.'), t(issue.key, issue.params)])))
        setStep(issues.some((issue) => issue.path[0] === 'firm') ? 1 : 2)
      } else setFailure(shownError(error))
    } finally {
      setBusy(false)
    }
  }

  const next = () => {
    if (step === 1 && !judge(firmProfile, 'firm')) return
    if (step === 2 && !judge(administrator, 'administrator')) return
    if (step === 3) void make()
    else setStep(step + 1)
  }

  return (
    <main className="gate">
      <div className="gate-box wide">
        <h1>{t('office:firstRun.title')}</h1>
        <Steps size="small" current={step} className="steps" items={STEPS.map((key) => ({ title: t(`office:firstRun.steps.${key}`) }))} />
        {failure ? <ErrorNotice error={failure} /> : null}
        <FormContext.Provider
          value={{ values, errors, disabled: busy, set: (path, value) => setValues((old) => setPath(old, path, value)) }}
        >
          {step === 0 ? (
            <>
              <p>{t('office:firstRun.languageHint')}</p>
              <LanguageChoice />
            </>
          ) : null}
          {step === 1 ? (
            <div className="form-grid">
              <TextField name="firm.name" label={t('office:firm.name')} required max={80} />
              <TextField name="firm.uscc" label={t('office:firm.uscc')} max={40} normalise={normaliseCode} />
              <TextField name="firm.legalRepresentative" label={t('office:firm.legalRepresentative')} max={40} />
              <PhoneField name="firm.phone" label={t('office:firm.phone')} />
              <TextField name="firm.address" label={t('office:firm.address')} max={120} wide />
              <TextField name="firm.bankName" label={t('office:firm.bankName')} max={80} />
              <TextField name="firm.bankAccount" label={t('office:firm.bankAccount')} max={40} normalise={normaliseCode} />
              <TextField name="firm.sealName" label={t('office:firm.sealName')} hint={t('office:firm.sealHint')} max={80} />
            </div>
          ) : null}
          {step === 2 ? (
            <div className="form-grid">
              <TextField name="administrator.name" label={t('people:fields.name')} required max={40} />
              <TextField name="administrator.login" label={t('people:fields.login')} required max={40} autoComplete="username" />
              <PasswordField
                name="administrator.password"
                label={t('session:fields.password')}
                hint={t('session:password.hint')}
                required
                autoComplete="new-password"
              />
            </div>
          ) : null}
          {step === 3 ? (
            <>
              <TextField
                name="backupDir"
                label={t('office:preferences.backupDir')}
                hint={t('office:firstRun.backupHint')}
                max={500}
                wide
              />
              <Radio.Group
                value={content}
                onChange={(event) => setContent(event.target.value as 'empty' | 'sample')}
                options={[
                  { value: 'empty', label: t('office:firstRun.empty') },
                  { value: 'sample', label: t('office:firstRun.sample') },
                ]}
              />
            </>
          ) : null}
        </FormContext.Provider>
        {step === 4 && made ? (
          <ConfirmRecovery
            code={made.recoveryCode}
            onDone={() => {
              message.success(t('office:firstRun.ready'))
              setSession(made.session)
            }}
          />
        ) : (
          <div className="gate-actions">
            {step > 0 ? <Button onClick={() => setStep(step - 1)}>{t('common:previous')}</Button> : null}
            <Button type="primary" loading={busy} onClick={next}>
              {step === 3 ? t('office:firstRun.create') : t('common:next')}
            </Button>
          </div>
        )}
      </div>
    </main>
  )
}

/** The code is shown once; two of its groups are asked back so that it is really on paper. */
export function ConfirmRecovery(props: { code: string; onDone: () => void }) {
  const t = useT()
  const groups = props.code.split('-')
  // Two groups that are not neighbours, the same for one code.
  const asked = [1, groups.length - 3]
  const [texts, setTexts] = useState<readonly string[]>(['', ''])
  const [hidden, setHidden] = useState(false)
  const [failure, setFailure] = useState<ShownError | null>(null)
  const confirm = async () => {
    try {
      await api.office.confirmRecovery({
        groups: asked.map((index, i) => ({ index, text: texts[i] ?? '' })),
      })
      props.onDone()
    } catch (error) {
      setFailure(shownError(error))
    }
  }
  return (
    <section aria-label={t('office:recovery.title')}>
      <p>{t('office:firstRun.recoveryHint')}</p>
      <div className="recovery-code" data-testid="recovery-code">
        {hidden ? t('office:firstRun.codeHidden') : props.code}
      </div>
      <div className="gate-actions">
        <Button onClick={() => window.print()}>{t('common:print')}</Button>
        <Button type={hidden ? 'default' : 'primary'} onClick={() => setHidden(!hidden)}>
          {hidden ? t('office:firstRun.showCode') : t('office:firstRun.written')}
        </Button>
      </div>
      {hidden ? (
        <>
          {failure ? <ErrorNotice error={failure} /> : null}
          <div className="form-grid">
            {asked.map((index, i) => (
              <div className="field" key={index}>
                <label htmlFor={`group-${index}`}>{t('office:firstRun.group', { n: index + 1 })}</label>
                <Input
                  id={`group-${index}`}
                  value={texts[i] ?? ''}
                  maxLength={10}
                  onChange={(event) => setTexts(texts.map((old, k) => (k === i ? event.target.value : old)))}
                />
              </div>
            ))}
          </div>
          <div className="gate-actions">
            <Button type="primary" onClick={() => void confirm()}>
              {t('office:firstRun.finish')}
            </Button>
          </div>
        </>
      ) : null}
    </section>
  )
}
