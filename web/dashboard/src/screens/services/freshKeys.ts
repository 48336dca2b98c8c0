/** Routing keys that were made in this tab: they are shown once, and gone after a reload. Nothing of them is stored. */
import { useSyncExternalStore } from 'react'

const keys = new Map<string, string>()
const listeners = new Set<() => void>()

/** Keep a key for the snippets of its integration. */
export function keepKey(integration: string, key: string): void {
  keys.set(integration, key)
  for (const listener of listeners) listener()
}

/** The key of an integration that was made in this tab. */
export function useFreshKey(integration: string): string | undefined {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => keys.get(integration),
  )
}
