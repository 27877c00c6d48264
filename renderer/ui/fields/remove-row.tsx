import { Button } from 'antd'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'

/** Takes a row out of a list of the form, `items` for instance. */
export function RemoveRow(props: {
  list: string
  at: number
  /** Read out instead of the word on it: it says which row. */
  label: string
}) {
  const t = useT()
  const { value: rows, set } = useField<readonly unknown[]>(props.list)
  return (
    <Button
      size="small"
      type="text"
      danger
      aria-label={props.label}
      onClick={() => set(rows.filter((_, row) => row !== props.at))}
    >
      {t('common:remove')}
    </Button>
  )
}
