/** What time it is by the servers, since a viewer's clock may be wrong. */

/** Answers say whole seconds and take a while; less than this is no difference. */
const TOLERANCE_MS = 3_000

let offset = 0
const listeners = new Set<() => void>()

/** Be told when it turns out to be another time; answers how to stop. */
export function onClock(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Take note of an answer's `Date` header. */
export function noteTime(date: string | null, here: number = Date.now()): void {
  if (!date) return
  const there = Date.parse(date)
  if (Number.isNaN(there)) return
  const difference = there - here
  if (Math.abs(difference - offset) <= TOLERANCE_MS) return
  offset = Math.abs(difference) > TOLERANCE_MS ? difference : 0
  for (const listener of listeners) listener()
}

/** Milliseconds since 1970, by the servers' clock. */
export function serverNow(here: number = Date.now()): number {
  return here + offset
}
