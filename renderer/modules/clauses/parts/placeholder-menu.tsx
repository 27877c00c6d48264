import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { PLACEHOLDERS } from '#shared/modules/contracts/contracts.template.schema.ts'
import { getPath, useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'

/** Puts a placeholder where the cursor stands in a text, or at its end; the cursor goes behind it. */
export function PlaceholderMenu(props: {
  /** The text's path in the form. */
  name: string
  label: string
  /** Finds the text's field on the page. */
  field: () => HTMLTextAreaElement | null
}) {
  const t = useT()
  const form = useForm()
  const insert = (placeholder: string) => {
    const text = String(getPath(form.values, props.name) ?? '')
    const field = props.field()
    const start = field?.selectionStart ?? text.length
    const end = field?.selectionEnd ?? start
    const words = `{{${placeholder}}}`
    form.set(props.name, text.slice(0, start) + words + text.slice(end))
    requestAnimationFrame(() => {
      field?.focus()
      field?.setSelectionRange(start + words.length, start + words.length)
    })
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        className: 'placeholder-menu',
        items: PLACEHOLDERS.map((name) => ({
          key: name,
          label: (
            <>
              {t(`clauses:placeholders.${name}`)} <span className="muted">{`{{${name}}}`}</span>
            </>
          ),
        })),
        onClick: ({ key }) => insert(key),
      }}
    >
      <Button size="small" aria-label={props.label}>
        {t('clauses:editor.insert')} <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  )
}
