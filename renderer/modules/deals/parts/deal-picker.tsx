import { searchDeals } from '#renderer/modules/deals/deals.queries.ts'
import { EntityPicker, type PickerOption } from '#renderer/ui/fields/choice-fields.tsx'

/** Picks a deal in a form of any module. */
export function DealPicker(props: {
  name: string
  label: string
  chosenLabel?: string
  onPicked?: (option: PickerOption | null) => void
}) {
  return <EntityPicker {...props} module="deals" search={searchDeals} />
}
