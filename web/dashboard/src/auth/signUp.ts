/** A sign-up that waits for its code: user names are random, and only the browser that signed up knows this one. */

const WAITING = 'tocsin.sign-up'

export interface Waiting {
  email: string
  username: string
}

export function keepSignUp(waiting: Waiting): void {
  localStorage.setItem(WAITING, JSON.stringify(waiting))
}

/** The sign-up of an address, or the last one. */
export function waitingSignUp(email?: string): Waiting | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(WAITING) ?? 'null') as Waiting | null
    return kept && (!email || kept.email.toLowerCase() === email.toLowerCase()) ? kept : undefined
  } catch {
    return undefined
  }
}

export function forgetSignUp(): void {
  localStorage.removeItem(WAITING)
}
