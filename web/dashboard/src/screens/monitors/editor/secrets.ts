/** Which secrets a monitor names, and what is sent and kept of them. */
import type { Spec } from '../words'
import type { MonitorValues, Secrets } from './values'

const NAMED = /\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g

/** The names that stand in double braces anywhere in what is checked, each once, in order. */
export function secretsIn(spec: Spec): string[] {
  const found = JSON.stringify(spec).matchAll(NAMED)
  return [...new Set([...found].map(([, name = '']) => name))]
}

/** All that are named, with null for what a monitor that there is has already. */
export function secretsToTry(
  used: readonly string[],
  kept: readonly string[],
  typed: Readonly<Record<string, string>>,
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(used.map(name => [name, typed[name] || (kept.includes(name) ? null : '')]))
}

/** The same to save, and nothing where all stay as they are. An empty one that is needed is refused at its field. */
export function secretsInput(
  used: readonly string[],
  kept: readonly string[],
  typed: Readonly<Record<string, string>>,
): Secrets {
  const isSame = used.length === kept.length && used.every(name => kept.includes(name) && !typed[name])
  return isSame ? undefined : secretsToTry(used, kept, typed)
}

/** Values with the headers' values, passwords and tokens of others, or none; what only names a secret is none. */
export function withSecretsOf(values: MonitorValues, others: MonitorValues | null): MonitorValues {
  const { headers, auth } = values.specs.http
  const theirs = others?.specs.http
  const of = (own: string, other = '') => (own.search(NAMED) === -1 ? other : own)
  const http = {
    ...values.specs.http,
    headers: headers.map(one => ({
      ...one,
      value: of(one.value, theirs?.headers.find(({ key }) => key === one.key)?.value),
    })),
    auth: { ...auth, password: of(auth.password, theirs?.auth.password), token: of(auth.token, theirs?.auth.token) },
  }
  return { ...values, specs: { ...values.specs, http } }
}
