import { FolderOpenOutlined } from '@ant-design/icons'
import { Button, Input, Space } from 'antd'
import { useT } from './i18n.ts'

/** A folder of this computer: typed, or in the desktop program chosen in the system's own dialog. */
export function FolderInput(props: {
  value: string
  label: string
  onChange: (path: string) => void
  onChosen?: (path: string) => void
  id?: string
  disabled?: boolean
  'aria-describedby'?: string | undefined
  'aria-invalid'?: boolean
}) {
  const t = useT()
  const { host } = window
  const choose = async () => {
    const path = (await host?.chooseFolder()) ?? null
    if (path === null) return
    props.onChange(path)
    props.onChosen?.(path)
  }
  return (
    <Space.Compact block>
      <Input
        {...(props.id ? { id: props.id } : { 'aria-label': props.label, 'placeholder': props.label })}
        aria-describedby={props['aria-describedby']}
        aria-invalid={props['aria-invalid'] ?? false}
        value={props.value}
        maxLength={500}
        disabled={props.disabled ?? false}
        onChange={(event) => props.onChange(event.target.value)}
        onPressEnter={() => props.onChosen?.(props.value)}
      />
      {host ? (
        <Button
          icon={<FolderOpenOutlined aria-hidden />}
          disabled={props.disabled ?? false}
          onClick={() => void choose()}
        >
          {t('common:chooseFolder')}
        </Button>
      ) : null}
    </Space.Compact>
  )
}
