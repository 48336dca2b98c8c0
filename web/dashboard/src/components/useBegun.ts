/** What a form began with, whose version is sent: while somebody types, what others save meanwhile must not become its base. */
import type { UseFormReturnType } from '@mantine/form'
import { useEffect, useState } from 'react'

/**
 * `begun` follows `current` while nothing has been typed; `begin` fills the form anew, and `rebase` takes another one as
 * read and leaves what was typed. `forget` drops the kept draft.
 */
export function useBegun<T, Values extends Record<string, unknown>>(
  current: T,
  form: UseFormReturnType<Values>,
  valuesOf: (one: T) => Values,
  forget: () => void,
) {
  const [begun, rebase] = useState(current)
  const begin = (found: T) => {
    forget()
    form.setInitialValues(valuesOf(found))
    form.reset()
    rebase(found)
  }
  useEffect(() => {
    if (current !== begun && !form.isDirty()) begin(current)
  })
  return { begun, begin, rebase }
}
