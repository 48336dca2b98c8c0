/** What was seen of an outage, as it was kept. */
import { REASONS, type Reason } from './words'

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function inWords(reason: string | null): string | null {
  return reason && (REASONS[reason as Reason] ?? reason)
}

export interface SeenIn {
  region: string
  status: string
  /** Why, in a sentence where there is one. */
  why: string | null
  /** HTTP status and address. */
  facts: string[]
}

/** What each region said. */
function regionsOf(regions: unknown): SeenIn[] {
  if (typeof regions !== 'object' || regions === null) return []
  return Object.entries(regions as Record<string, Record<string, unknown>>).map(([region, seen]) => ({
    region,
    status: textOf(seen.status) ?? 'unknown',
    why: textOf(seen.detail) ?? inWords(textOf(seen.reason)),
    facts: [typeof seen.http_status === 'number' ? `HTTP ${seen.http_status}` : null, textOf(seen.address)].filter(
      one => one !== null,
    ),
  }))
}

/** Why it was down, and what each region saw. */
export function evidenceOf(evidence: Readonly<Record<string, unknown>>): { why: string | null; regions: SeenIn[] } {
  const regions = regionsOf(evidence.regions)
  const why = textOf(evidence.detail) ?? inWords(textOf(evidence.reason))
  return { why: why ?? regions.find(one => one.status === 'down')?.why ?? null, regions }
}
