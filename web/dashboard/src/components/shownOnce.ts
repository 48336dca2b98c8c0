/** Secrets that are shown once after they were made, in this tab: gone after a reload and with the session, never stored. */
import { useSyncExternalStore } from 'react'

const kinds = new Set<Map<string, string>>()
const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A kind of them, by the ids of what they belong to: how one is kept, and how a screen reads it. */
export function shownOnce() {
  const kept = new Map<string, string>()
  kinds.add(kept)
  return {
    keep: (id: string, secret: string): void => {
      kept.set(id, secret)
      tell()
    },
    useFresh: (id: string): string | undefined => useSyncExternalStore(subscribe, () => kept.get(id)),
  }
}

/** Forget all of every kind. */
export function forgetShown(): void {
  for (const kept of kinds) kept.clear()
  tell()
}
