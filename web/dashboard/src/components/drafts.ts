/** Half-filled forms in this tab's storage. */

const PREFIX = 'tocsin.draft.'

export interface Draft<Values> {
  values: Partial<Values>
  /** The version that was read when it was written. */
  version?: number
}

export function readDraft<Values>(key: string): Draft<Values> | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

export function writeDraft<Values>(key: string, draft: Draft<Values>): void {
  sessionStorage.setItem(PREFIX + key, JSON.stringify(draft))
}

export function removeDraft(key: string): void {
  sessionStorage.removeItem(PREFIX + key)
}

/** Forget them all, as when somebody signs out. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
}
