import { useMemo, type ReactNode } from 'react'
import { FormContext, getPath, setPath, useForm, type FormErrors } from './form-state.ts'

/**
 * A part of a form whose fields see only what is under its path: a row of a long table is not drawn again for what is
 * typed in another. What stands in it should be a component of its own that is given the same properties each time.
 */
export function FormPart({ path, children }: { path: string; children: ReactNode }) {
  const { values, errors, disabled, set } = useForm()
  const value = getPath(values, path)
  const own = JSON.stringify(Object.entries(errors).filter(([at]) => at.startsWith(`${path}.`)))
  const handle = useMemo(
    () => ({
      values: setPath({}, path, value),
      errors: Object.fromEntries(JSON.parse(own) as [string, string][]) as FormErrors,
      disabled,
      set,
    }),
    [path, value, own, disabled, set],
  )
  return <FormContext.Provider value={handle}>{children}</FormContext.Provider>
}
