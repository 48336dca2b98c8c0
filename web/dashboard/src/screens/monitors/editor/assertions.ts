/** Assertions as a form has them: every field of every type, so that nothing typed is lost when the type is changed. */
import { randomId } from '@mantine/hooks'
import type { Model } from '../../../api/types'

type Assertion = NonNullable<Model<'HttpSpec'>['assertions']>[number]
type Latency = Model<'LatencyAssertion'>
export type AssertionType = Assertion['type']

/** A type, since an interface is no record of unknowns, which drafts are. */
export type AssertionValues = {
  key: string
  type: AssertionType
  codes: string[]
  comparison: string
  value: string
  name: string
  path: string
  part: Latency['part']
  less_than_ms: number | ''
  otherwise: Latency['otherwise']
}

export const COMPARISONS: Readonly<Partial<Record<AssertionType, readonly string[]>>> = {
  body: ['contains', 'not_contains', 'equals', 'matches', 'not_matches'],
  header: ['exists', 'not_exists', 'equals', 'not_equals', 'contains', 'matches'],
  json: ['equals', 'not_equals', 'exists', 'not_exists', 'contains', 'matches', 'less_than', 'greater_than'],
}

const COMPARISON_WORDS: Readonly<Record<string, string>> = {
  contains: 'contains',
  not_contains: 'does not contain',
  equals: 'is',
  not_equals: 'is not',
  matches: 'matches',
  not_matches: 'does not match',
  exists: 'is there',
  not_exists: 'is not there',
  less_than: 'is less than',
  greater_than: 'is greater than',
}

/** Comparisons of a type, to choose from. */
export function comparisonsOf(type: AssertionType) {
  return (COMPARISONS[type] ?? []).map(value => ({ value, label: COMPARISON_WORDS[value] ?? value }))
}

/** Whether a comparison is with something. */
export function takesValue(comparison: string): boolean {
  return comparison !== 'exists' && comparison !== 'not_exists'
}

/** A new one of a type, with what is most often meant. */
export function newAssertion(type: AssertionType): AssertionValues {
  return {
    key: randomId(),
    type,
    codes: ['200'],
    comparison: COMPARISONS[type]?.[0] ?? 'equals',
    value: '',
    name: '',
    path: '$.status',
    part: 'total',
    less_than_ms: 800,
    otherwise: 'degraded',
  }
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What is compared with in JSON: a number, true, false or null is that, and text in quotes is text; all else is text too. */
export function jsonValue(text: string): string | number | boolean | null {
  const found = parsed(text.trim())
  return isScalar(found) ? found : text
}

/** The same as text to edit. */
export function jsonText(value: string | number | boolean | null | undefined): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return JSON.stringify(value)
  return isScalar(parsed(value.trim())) ? JSON.stringify(value) : value
}

export function assertionValues(assertion: Assertion): AssertionValues {
  const found = newAssertion(assertion.type)
  if (assertion.type === 'json') return { ...found, ...assertion, value: jsonText(assertion.value) }
  if (assertion.type === 'header') return { ...found, ...assertion, value: assertion.value ?? '' }
  return { ...found, ...assertion }
}

export function latencyInput({ part, less_than_ms: less, otherwise }: AssertionValues): Latency {
  return { type: 'latency', part, otherwise, less_than_ms: Number(less) }
}

export function assertionInput(values: AssertionValues): Assertion {
  const { type, comparison, name, path, codes, value } = values
  const has = takesValue(comparison)
  // the comparisons that are offered are those of the type
  switch (type) {
    case 'status':
      return { type, codes }
    case 'body':
      return { type, comparison: comparison as Model<'BodyAssertion'>['comparison'], value }
    case 'header':
      return {
        type,
        name,
        comparison: comparison as Model<'HeaderAssertion'>['comparison'],
        value: has ? value : null,
      }
    case 'json':
      return {
        type,
        path,
        comparison: comparison as Model<'JsonAssertion'>['comparison'],
        value: has ? jsonValue(value) : null,
      }
    default:
      return latencyInput(values)
  }
}
