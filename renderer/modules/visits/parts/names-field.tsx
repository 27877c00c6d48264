import { Select } from 'antd'
import { FieldFrame, type FieldProps } from '#renderer/ui/fields/field-frame.tsx'
import { useField } from '#renderer/ui/form-state.ts'

const MAX_NAMES = 20
const MAX_NAME = 40

/** Several names, each closed with Enter or a comma; nothing has to be known beforehand. */
export function NamesField(props: FieldProps) {
  const field = useField<string[] | undefined>(props.name)
  return (
    <FieldFrame field={props} error={field.error}>
      {(ids) => (
        <Select
          {...ids}
          mode="tags"
          open={false}
          suffixIcon={null}
          value={field.value ?? []}
          tokenSeparators={[',', '，', '、']}
          maxCount={MAX_NAMES}
          disabled={field.disabled}
          {...(field.error ? { status: 'error' as const } : {})}
          onChange={(names: string[]) => field.set(names.map((name) => [...name.trim()].slice(0, MAX_NAME).join('')))}
        />
      )}
    </FieldFrame>
  )
}
