/** Ping URLs that were made in this tab: they are shown once, and gone after a reload. Nothing of them is stored. */
import { useSyncExternalStore } from 'react'

const urls = new Map<string, string>()
const listeners = new Set<() => void>()

/** Keep a URL for the snippets of its heartbeat. */
export function keepUrl(monitor: string, url: string): void {
  urls.set(monitor, url)
  for (const listener of listeners) listener()
}

/** The URL of a heartbeat that was made in this tab. */
export function useFreshUrl(monitor: string): string | undefined {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => urls.get(monitor),
  )
}
