/** Short notices at the edge of the screen, which screen readers speak. */
import { useSyncExternalStore } from 'react'
import { describe, titleOf } from '../api/problem'

type Notice = Parameters<typeof import('@mantine/notifications').notifications.show>[0]

let isWanted = false
const listeners = new Set<() => void>()

/** Whether there has been a notice yet: what shows them is loaded with the first. */
export function useNoticesWanted(): boolean {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isWanted,
  )
}

function load() {
  return Promise.all([import('@mantine/notifications'), import('../app/Notices')])
}

/** Fetch what shows notices beforehand: without a connection, when they matter most, it can't be. */
export function prepareNotices(): void {
  void load().catch(() => undefined)
}

function show(notice: Notice): void {
  load().then(
    ([{ notifications }]) => {
      isWanted = true
      for (const listener of listeners) listener()
      notifications.show({ closeButtonProps: { 'aria-label': 'Dismiss' }, ...notice })
    },
    () => window.addEventListener('online', () => show(notice), { once: true }),
  )
}

function showFailure(title: string, message: string): void {
  show({ color: 'red', title, message, autoClose: 10_000, role: 'alert' })
}

/** Say that something could not be done; for what has no place in a form. */
export function notifyProblem(error: unknown): void {
  showFailure(titleOf(error), describe(error))
}

/** Say that some of many could not be done, and why one of them was not. */
export function notifySome(title: string, reason: unknown): void {
  showFailure(title, `${titleOf(reason)}: ${describe(reason)}`)
}

/** Say that something was done, where that can't be seen. */
export function notifyDone(message: string): void {
  show({ color: 'green', message, autoClose: 4_000 })
}
