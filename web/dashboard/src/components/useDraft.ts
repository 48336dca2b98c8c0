/** Keeps a half-filled form over a reload, in this tab. */
import type { UseFormReturnType } from '@mantine/form'
import { useEffect, useRef, useState } from 'react'

const PREFIX = 'tocsin.draft.'

interface Draft<Values> {
  values: Partial<Values>
  /** The version that was read when it was written. */
  version?: number
}

function read<Values>(key: string): Draft<Values> | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/**
 * Fill a form with what was typed before a reload, and keep what is typed; `forget` once it is saved.
 * Never for passwords or secrets. The key names what is edited, with its id: `service.<id>`. With the version that is
 * shown, `version` is the one to send: what was typed before a reload was written after reading an earlier one.
 */
export function useDraft<Values extends Record<string, unknown>>(
  key: string,
  form: UseFormReturnType<Values>,
  shown?: number,
) {
  const restored = useRef<string>(undefined)
  const [earlier, setEarlier] = useState<number>()
  const version = earlier ?? shown
  useEffect(() => {
    if (restored.current === key) return
    restored.current = key
    const kept = read<Values>(key)
    if (!kept) return
    form.setValues(kept.values)
    setEarlier(kept.version)
  }, [key, form])
  useEffect(() => {
    const keep = () => {
      if (!form.isDirty()) return
      const draft: Draft<Values> = { values: form.getValues(), version }
      sessionStorage.setItem(PREFIX + key, JSON.stringify(draft))
    }
    window.addEventListener('pagehide', keep)
    const timer = setInterval(keep, 2_000)
    return () => {
      window.removeEventListener('pagehide', keep)
      clearInterval(timer)
    }
  }, [key, form, version])
  const forget = () => {
    sessionStorage.removeItem(PREFIX + key)
    setEarlier(undefined)
  }
  return { forget, version }
}
