import { Button, Radio, Steps } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { normaliseCode, shortText } from '#shared/kernel/text.ts'
import { usccCheckCharacter } from '#shared/kernel/uscc.ts'
import { issueFromZod } from '#shared/kernel/zod-issues.ts'
import { firmProfile } from '#shared/modules/office/office.schema.ts'
import { weakPassword } from '#shared/modules/session/password.rules.ts'
import { loginName, newPassword, type SessionInfoView } from '#shared/modules/session/session.schema.ts'
import { api, fieldIssues, shownError, type ShownError } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { FieldFrame } from '#renderer/ui/fields/field-frame.tsx'
import { CheckField } from '#renderer/ui/fields/choice-fields.tsx'
import { PasswordField, PhoneField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { FolderInput } from '#renderer/ui/folder-input.tsx'
import { FormProvider } from '#renderer/ui/form-provider.tsx'
import {
  issuesAsErrors,
  setPath,
  useField,
  withoutErrors,
  type FormErrors,
  type FormValues,
} from '#renderer/ui/form-state.ts'
import { GateFrame, LANGUAGE_KEYS } from '#renderer/ui/gate-frame.tsx'
import { switchLocale, useLocale, useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice } from '#renderer/ui/parts.tsx'
import { ConfirmRecovery } from './confirm-recovery.tsx'

const administrator = z.strictObject({
  name: shortText(40),
  login: loginName,
  password: newPassword,
  sells: z.boolean(),
})
const STEPS = ['language', 'firm', 'administrator', 'backup', 'recovery'] as const
const [FIRM, ADMINISTRATOR, CONTENT, RECOVERY] = [1, 2, 3, 4] as const

/** First run in five steps: language, firm, administrator, backups and content, recovery code asked back. */
export function FirstRun() {
  const t = useT()
  const locale = useLocale()
  const notice = useNotice()
  const setSession = useSession((state) => state.setSession)
  const [step, setStep] = useState(0)
  const [values, setValues] = useState<FormValues>({
    firm: {},
    administrator: { sells: false },
    backupDir: '',
    content: 'sample',
  })
  const [errors, setErrors] = useState<FormErrors>({})
  const [failure, setFailure] = useState<ShownError | null>(null)
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<{ recoveryCode: string; session: SessionInfoView } | null>(null)
  const form = useRef<HTMLFormElement>(null)

  // Each step begins in its first field.
  useEffect(() => {
    const first = form.current?.querySelector<HTMLInputElement>('input:not([type="hidden"])')
    const chosen = form.current?.querySelector<HTMLInputElement>('input[type="radio"]:checked')
    const start = first?.type === 'radio' ? (chosen ?? first) : first
    start?.focus()
  }, [step])

  const show = (found: FormErrors): boolean => {
    setErrors(found)
    const wrong = Object.keys(found).length > 0
    if (wrong) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
    }
    return !wrong
  }
  const judge = (schema: z.ZodType, path: 'firm' | 'administrator'): boolean => {
    const parsed = schema.safeParse(values[path])
    const issues = (parsed.error?.issues ?? []).map(issueFromZod)
    const found = {
      ...issuesAsErrors(
        issues.map((issue) => ({ ...issue, path: [path, ...issue.path] })),
        t,
      ),
    }
    if (path === 'administrator' && parsed.success) {
      const who = values['administrator'] as { name: string; login: string; password: string }
      const weak = weakPassword(who.password, [
        who.login,
        who.name,
        String((values['firm'] as FormValues)['name'] ?? ''),
      ])
      if (weak) found['administrator.password'] = t(weak)
    }
    return show(found)
  }

  const make = async () => {
    setBusy(true)
    setFailure(null)
    try {
      const backupDir = String(values['backupDir']).trim()
      if (backupDir !== '') {
        const folder = await api.office.checkFolder({ path: backupDir })
        if (!folder.ok) return void show({ backupDir: t(folder.reason ?? 'validation:invalid') })
      }
      const done = await api.office.firstRun({
        locale,
        firm: values['firm'] as never,
        administrator: values['administrator'] as never,
        backupDir,
        content: values['content'] as 'empty' | 'sample',
      })
      setMade({ recoveryCode: done.recoveryCode, session: done.session })
      setStep(RECOVERY)
    } catch (error) {
      const issues = fieldIssues(error)
      if (issues.length > 0) {
        setStep(issues.some((issue) => issue.path[0] === 'firm') ? FIRM : ADMINISTRATOR)
        show(issuesAsErrors(issues, t))
      } else setFailure(shownError(error))
    } finally {
      setBusy(false)
    }
  }

  const next = () => {
    if (step === FIRM && !judge(firmProfile, 'firm')) return
    if (step === ADMINISTRATOR && !judge(administrator, 'administrator')) return
    if (step === CONTENT) void make()
    else setStep(step + 1)
  }

  return (
    <GateFrame title={t('office:firstRun.title')} wide>
      <Steps
        size="small"
        current={step}
        className="steps"
        items={STEPS.map((key) => ({ title: t(`office:firstRun.steps.${key}`) }))}
      />
      {failure ? <ErrorNotice error={failure} /> : null}
      {step === RECOVERY && made ? (
        <ConfirmRecovery
          code={made.recoveryCode}
          firmName={String((values['firm'] as FormValues)['name'])}
          onDone={() => {
            notice.done(t('office:firstRun.ready'))
            setSession(made.session)
            // The firm is there from now on: a lock leads to the log-in, not back here.
            void api.session.status({}).then(useSession.getState().setStatus).catch(notice.fail)
          }}
        />
      ) : (
        <FormProvider
          form={{
            values,
            errors,
            disabled: busy,
            set: (path, value) => {
              setValues((old) => setPath(old, path, value))
              setErrors((old) => withoutErrors(old, path))
            },
          }}
        >
          <form
            ref={form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              next()
            }}
          >
            {step === 0 ? <LanguageStep locale={locale} /> : null}
            {step === FIRM ? <FirmStep /> : null}
            {step === ADMINISTRATOR ? <AdministratorStep /> : null}
            {step === CONTENT ? <ContentStep /> : null}
            <div className="gate-actions wizard">
              {step > 0 ? (
                <Button disabled={busy} onClick={() => setStep(step - 1)}>
                  {t('common:previous')}
                </Button>
              ) : null}
              <Button type="primary" htmlType="submit" loading={busy}>
                {step === CONTENT ? t('office:firstRun.create') : t('common:next')}
              </Button>
            </div>
          </form>
        </FormProvider>
      )}
    </GateFrame>
  )
}

function LanguageStep(props: { locale: Locale }) {
  const t = useT()
  return (
    <>
      <p>{t('office:firstRun.languageHint')}</p>
      <Radio.Group
        vertical
        value={props.locale}
        aria-label={t('common:top.language')}
        options={LOCALES.map((value) => ({ value, label: t(LANGUAGE_KEYS[value]) }))}
        onChange={(event) => void switchLocale(event.target.value as Locale)}
      />
    </>
  )
}

function FirmStep() {
  const t = useT()
  return (
    <div className="form-grid">
      <TextField name="firm.name" label={t('office:firm.name')} required max={80} />
      <UsccField />
      <TextField name="firm.legalRepresentative" label={t('office:firm.legalRepresentative')} max={40} />
      <PhoneField name="firm.phone" label={t('office:firm.phone')} />
      <TextField name="firm.address" label={t('office:firm.address')} max={120} wide />
      <TextField name="firm.bankName" label={t('office:firm.bankName')} max={80} />
      <TextField name="firm.bankAccount" label={t('office:firm.bankAccount')} max={40} normalise={normaliseCode} />
      <TextField name="firm.sealName" label={t('office:firm.sealName')} hint={t('office:firm.sealHint')} max={80} />
    </div>
  )
}

/** Says while one types how far the code is, and what its last character should be. */
function UsccField() {
  const t = useT()
  const typed = useField<string | undefined>('firm.uscc')
  const code = normaliseCode(typed.value ?? '')
  const wanted = code.length >= 17 ? usccCheckCharacter(code.slice(0, 17)) : null
  const hint =
    code === ''
      ? t('office:firstRun.usccHint')
      : code.length < 18
        ? t('office:firstRun.usccLength', { length: code.length })
        : code.length === 18 && wanted === code.charAt(17)
          ? t('office:firstRun.usccRight')
          : wanted === null || code.length > 18
            ? t('office:firstRun.usccWrong')
            : t('office:firstRun.usccCheck', { found: code.charAt(17) })
  return <TextField name="firm.uscc" label={t('office:firm.uscc')} hint={hint} max={40} normalise={normaliseCode} />
}

function AdministratorStep() {
  const t = useT()
  return (
    <>
      <p>{t('office:firstRun.administratorHint')}</p>
      <div className="form-grid">
        <TextField name="administrator.name" label={t('people:fields.name')} required max={40} />
        <TextField
          name="administrator.login"
          label={t('people:fields.login')}
          required
          max={40}
          autoComplete="username"
        />
        <PasswordField
          name="administrator.password"
          label={t('session:fields.password')}
          hint={t('session:password.hint')}
          required
          autoComplete="new-password"
        />
        <CheckField name="administrator.sells" label={t('office:firstRun.sells')} />
      </div>
    </>
  )
}

function ContentStep() {
  const t = useT()
  const folder = useField<string>('backupDir')
  const content = useField<'empty' | 'sample'>('content')
  return (
    <>
      <FieldFrame
        field={{ name: 'backupDir', label: t('office:preferences.backupDir'), hint: t('office:firstRun.backupHint') }}
        error={folder.error}
      >
        {(ids) => (
          <FolderInput
            {...ids}
            label={t('office:preferences.backupDir')}
            value={folder.value}
            disabled={folder.disabled}
            onChange={folder.set}
          />
        )}
      </FieldFrame>
      <Radio.Group
        vertical
        value={content.value}
        aria-label={t('office:firstRun.content')}
        disabled={content.disabled}
        onChange={(event) => content.set(event.target.value as 'empty' | 'sample')}
        options={[
          { value: 'sample', label: t('office:firstRun.sample') },
          { value: 'empty', label: t('office:firstRun.empty') },
        ]}
      />
    </>
  )
}
