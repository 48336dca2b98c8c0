/** Keeps a half-filled form over a reload, in this tab. */
import type { UseFormReturnType } from '@mantine/form'
import { useEffect, useRef, useState } from 'react'
import { useOrganization } from '../app/organization'
import { sessionKind } from '../auth/session'
import { readDraft, removeDraft, writeDraft } from './drafts'

/** Values with the secrets of others in the place of their own; of none with null. */
type SecretsOf<Values> = (values: Values, others: Values | null) => Values

const hasNone = <Values>(values: Values) => values

function isUntouched<Values extends Record<string, unknown>>(form: UseFormReturnType<Values>): boolean {
  return JSON.stringify(form.getValues()) === JSON.stringify(form.getInitialValues())
}

/**
 * Fill a form with what was typed before a reload, and keep what is typed; `forget` once it is saved. The key names what
 * is edited, with its id: `service.<id>`; nobody else finds it, and not in another organization. With the version that is
 * shown, `version` is the one to send: what was typed before a reload was written after reading an earlier one.
 * Never for passwords or secrets: `secretsOf`, defined once, leaves out those of a form.
 */
export function useDraft<Values extends Record<string, unknown>>(
  name: string,
  form: UseFormReturnType<Values>,
  shown?: number,
  secretsOf: SecretsOf<Values> = hasNone,
) {
  const { id, userId } = useOrganization()
  const key = `${userId ?? 'nobody'}.${id}.${name}`
  const restored = useRef<string>(undefined)
  const [earlier, setEarlier] = useState<number>()
  const version = earlier ?? shown
  useEffect(() => {
    if (restored.current === key) return
    restored.current = key
    const kept = readDraft<Values>(key)
    if (!kept) return
    form.setValues(secretsOf({ ...form.getValues(), ...kept.values }, form.getInitialValues()))
    setEarlier(kept.version)
  }, [key, form, secretsOf])
  useEffect(() => {
    const keep = () => {
      // what was typed goes with the session, even while its form is still here
      if (sessionKind() === null) return
      if (isUntouched(form)) removeDraft(key)
      else writeDraft(key, { values: secretsOf(form.getValues(), null), version })
    }
    window.addEventListener('pagehide', keep)
    const timer = setInterval(keep, 2_000)
    return () => {
      window.removeEventListener('pagehide', keep)
      clearInterval(timer)
    }
  }, [key, form, version, secretsOf])
  const forget = () => {
    removeDraft(key)
    setEarlier(undefined)
  }
  return { forget, version }
}
