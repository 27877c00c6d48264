import { EntityPicker, type PickerOption } from '#renderer/ui/fields/choice-fields.tsx'
import { searchCustomers } from '#renderer/modules/customers/customers.queries.ts'

/** Picks a customer in a form of any module. */
export function CustomerPicker(props: {
  name: string
  label: string
  chosenLabel?: string
  required?: boolean
  hint?: string
  wide?: boolean
  onPicked?: (option: PickerOption | null) => void
}) {
  return <EntityPicker {...props} module="customers" search={searchCustomers} />
}
