/** What differs between before and after, field by field, in words. */
import { formatDuration, formatInstant } from '../../components/Time'
import type { Entry } from './words'

export interface Change {
  /** `Steps › 2 › Delay`. */
  field: string
  /** Null where there was nothing. */
  before: string | null
  after: string | null
}

type Fields = Readonly<Record<string, unknown>>

/** What says nothing to a reader: what the entry says itself, and what every change moves along. */
const QUIET = new Set(['id', 'version', 'created_at', 'updated_at', 'created_by', 'updated_by'])
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

function label(key: string): string {
  const plain = key.replace(/_(seconds|at|ids?)$/, '').replaceAll('_', ' ')
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== 'object'
}

/** A value as it is read; null for none. */
export function said(value: unknown, key: string, names: ReadonlyMap<string, string>): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.length > 0 ? value.map(one => said(one, key, names)).join(', ') : null
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return key.endsWith('_seconds') ? formatDuration(value) : String(value)
  const text = String(value)
  const id = text.replace(/^\w+:/, '')
  if (UUID.test(id)) return names.get(id) ?? text
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text)) ? formatInstant(text) : text
}

/** All values by their paths; lists of plain values are one. */
function flat(value: unknown, path: readonly string[], found: Map<string, [string, unknown]>): void {
  const key = [...path].reverse().find(one => Number.isNaN(Number(one))) ?? ''
  if (isPlain(value) || (Array.isArray(value) && value.every(isPlain))) {
    found.set(path.map(one => (Number.isNaN(Number(one)) ? label(one) : String(Number(one) + 1))).join(' › '), [
      key,
      value,
    ])
    return
  }
  for (const [name, one] of Object.entries(value as Fields)) if (!QUIET.has(name)) flat(one, [...path, name], found)
}

/** The fields that differ; of what was made or is gone, all that say something. `names` are those of ids. */
export function changesOf(
  { before, after }: Pick<Entry, 'before' | 'after'>,
  names: ReadonlyMap<string, string>,
): Change[] {
  const [old, now] = [new Map<string, [string, unknown]>(), new Map<string, [string, unknown]>()]
  if (before) flat(before, [], old)
  if (after) flat(after, [], now)
  const changes: Change[] = []
  for (const field of new Set([...old.keys(), ...now.keys()])) {
    const [key = '', was] = old.get(field) ?? now.get(field) ?? []
    const is = now.get(field)?.[1]
    const [from, to] = [old.has(field) ? said(was, key, names) : null, said(is, key, names)]
    if (field !== '' && from !== to) changes.push({ field, before: from, after: to })
  }
  return changes
}
