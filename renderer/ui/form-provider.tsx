import { useLayoutEffect, useState, type ReactNode } from 'react'
import { FormContext, formStore, type FormHandle } from './form-state.ts'

/** Gives a form to its fields. Each is drawn again only when something of its own changes, however long the form is. */
export function FormProvider({ form, children }: { form: FormHandle; children: ReactNode }) {
  const [store] = useState(() => formStore(form))
  // Before the browser paints and before React looks at what was typed: the caret stays where it is.
  useLayoutEffect(() => store.tell(form), [store, form])
  return <FormContext value={store}>{children}</FormContext>
}
