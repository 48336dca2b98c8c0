/** How people look in calendars: each with a colour of their own, and their initials. */

export const HUES = 10

function hash(text: string): number {
  let found = 0
  for (const letter of text) found = (found * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return found
}

/** A hue for everybody: the same wherever one is shown with the same people, and nobody else's while there are enough. */
export function huesOf(ids: Iterable<string | null>): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  const taken = new Set<number>()
  for (const id of [...new Set(ids)].filter(one => one !== null).sort()) {
    let hue = hash(id) % HUES
    while (taken.has(hue) && taken.size < HUES) hue = (hue + 1) % HUES
    taken.add(hue)
    found.set(id, hue)
  }
  return found
}

/** `Maya Lindqvist` is ML. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(word => [...(word ?? '')][0] ?? '')
  return letters.join('').toUpperCase() || '?'
}
