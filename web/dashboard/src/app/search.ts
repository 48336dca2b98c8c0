/** Reads what an address says after its question mark; what makes no sense there is left out. */

export type Search = Record<string, unknown>

/** A text that is not empty. */
export function text(search: Search, name: string): string | undefined {
  const value = search[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** One of some words. */
export function word<W extends string>(search: Search, name: string, words: readonly W[]): W | undefined {
  return words.find(one => one === search[name])
}

/** Some of some words. */
export function wordsOf<W extends string>(search: Search, name: string, words: readonly W[]): W[] | undefined {
  const value = search[name]
  const given = Array.isArray(value) ? value : [value]
  const found = words.filter(one => given.includes(one))
  return found.length > 0 ? found : undefined
}

/** True, or left out. */
export function flag(search: Search, name: string): true | undefined {
  return search[name] === true || search[name] === 'true' ? true : undefined
}
