/** Reads an organization's export page by page, into one file of a record a line. */
import type { Api } from '../../api/client'

/** Everything the organization owns as lines of JSON; tells how far it has come, and stops when it is aborted. */
export async function exported(api: Api, onProgress: (records: number) => void, signal: AbortSignal): Promise<Blob> {
  const parts: string[] = []
  let records = 0
  let cursor: string | undefined
  do {
    const page = await api.get('/v1/organization/export', { query: { cursor } }).queryFn({ signal })
    parts.push(...page.items.map(one => `${JSON.stringify(one)}\n`))
    records += page.items.length
    onProgress(records)
    cursor = page.next_cursor ?? undefined
  } while (cursor)
  return new Blob(parts, { type: 'application/jsonl' })
}

/** `northwind-2026-11-22.jsonl`. */
export function exportName(organization: string, now: number): string {
  const plain = organization
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  return `${plain || 'organization'}-${new Date(now).toISOString().slice(0, 10)}.jsonl`
}
