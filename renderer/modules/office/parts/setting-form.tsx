import { useNavigate } from '@tanstack/react-router'
import { Spin } from 'antd'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { SETTINGS, type SettingKey, type SettingValue } from '#shared/modules/office/office.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'
import { EntityForm } from '#renderer/ui/entity-form.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice } from '#renderer/ui/parts.tsx'

/** One setting as a form; its value stands under `value`, so that a list is edited like a record. */
export function SettingForm<K extends SettingKey>(props: {
  setting: K
  children: (value: SettingValue<K>) => ReactNode
}) {
  const t = useT()
  const notice = useNotice()
  const navigate = useNavigate()
  const { setting } = props
  const entry = api.office[setting] as unknown as {
    read(input: object): Promise<{ value: SettingValue<K>; version: number }>
    save(input: { value: SettingValue<K>; version: number }): Promise<{ version: number }>
  }
  const found = useEntry('office', setting, () => entry.read({}))
  if (found.shownError) return <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
  if (!found.data) return <Spin className="grid-spin" />
  const words = setting === 'indicatorTargets' ? 'targets' : setting
  const labelOf = (path: string) => {
    const name = path.split('.').findLast((part) => part !== 'value' && !/^\d+$/.test(part))
    return t(`office:${words}.${name ?? 'title'}`)
  }
  return (
    <EntityForm
      key={found.data.version}
      form={`setting-${setting}`}
      record={setting}
      schema={z.strictObject({ value: SETTINGS[setting] as z.ZodType })}
      initial={{ value: found.data.value }}
      version={found.data.version}
      labelOf={labelOf}
      onCancel={() => void navigate({ to: '/' as never })}
      save={async (output, version) => {
        await entry.save({ value: output.value as SettingValue<K>, version })
        notice.done(t('office:settings.saved'))
      }}
    >
      {props.children(found.data.value)}
    </EntityForm>
  )
}
