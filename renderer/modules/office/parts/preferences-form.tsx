import { App, Button, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { LOCALES } from '#shared/i18n/locale.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Panel } from '#renderer/ui/parts.tsx'
import { SettingForm } from './setting-form.tsx'

/** Languages, zone, idle lock and backup folder; and a new recovery code. */
export function PreferencesForm() {
  const t = useT()
  const word = (key: string) => t(`office:preferences.${key}`)
  const languages = LOCALES.map((value) => ({ value, label: t(`common:languages.${value.replace('-', '')}`) }))
  return (
    <>
      <SettingForm setting="preferences">
        {() => (
          <div className="form-grid">
            <SelectField name="value.locale" label={word('locale')} options={languages} required />
            <SelectField name="value.documentLocale" label={word('documentLocale')} options={languages} required />
            <TextField name="value.zone" label={word('zone')} max={60} required />
            <CountField name="value.idleMinutes" label={word('idleMinutes')} required />
            <TextField name="value.backupDir" label={word('backupDir')} max={500} wide />
          </div>
        )}
      </SettingForm>
      <RecoveryCode />
      <DeviceUnlock />
    </>
  )
}

/** Opening the data file when the program starts; only where the computer has a keychain worth the name. */
function DeviceUnlock() {
  const t = useT()
  const notice = useNotice()
  const device = useList('session', ['device'], () => api.session.deviceUnlock({}))
  const set = useCommand((on: boolean, options) => api.session.setDeviceUnlock({ on }, options))
  if (!device.data?.available) return null
  const change = async (on: boolean) => {
    try {
      await set.run(on)
      await device.refetch()
      notice.done(t('common:saved'))
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Panel title={t('office:device.title')}>
      <p className="muted">{t('office:device.hint')}</p>
      <Checkbox checked={device.data.on} disabled={set.busy} onChange={(event) => void change(event.target.checked)}>
        {t('office:device.open')}
      </Checkbox>
    </Panel>
  )
}

function RecoveryCode() {
  const t = useT()
  const notice = useNotice()
  const { modal } = App.useApp()
  const [code, setCode] = useState<string | null>(null)
  const renew = async () => {
    try {
      setCode((await api.session.renewRecovery({})).recoveryCode)
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Panel title={t('office:recovery.title')}>
      <p className="muted">{t('office:recovery.renewHint')}</p>
      <Button
        onClick={() =>
          modal.confirm({
            title: t('office:recovery.renew'),
            content: t('office:recovery.renewHint'),
            okText: t('office:recovery.renew'),
            cancelText: t('common:cancel'),
            onOk: renew,
          })
        }
      >
        {t('office:recovery.renew')}
      </Button>
      <Modal
        open={code !== null}
        title={t('office:recovery.title')}
        okText={t('common:close')}
        cancelButtonProps={{ style: { display: 'none' } }}
        onOk={() => setCode(null)}
        onCancel={() => setCode(null)}
      >
        <div className="recovery-code">{code}</div>
      </Modal>
    </Panel>
  )
}
