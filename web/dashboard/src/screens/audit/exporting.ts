/** Reads an export of the audit log part by part into one file. */
import type { Api } from '../../api/client'
import type { Call } from '../../api/types'

export type AuditQuery = Omit<
  NonNullable<Call<'/v1/audit-entries/export', 'get'>['query']>,
  'format' | 'cursor' | 'limit'
>
export type FileFormat = 'csv' | 'jsonl'

/** Tells how many parts there are so far, and stops when it is aborted. */
export async function exported(
  api: Api,
  query: AuditQuery,
  format: FileFormat,
  onProgress: (parts: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const parts: string[] = []
  let next: string | undefined
  do {
    const { text, cursor } = await api.file('/v1/audit-entries/export', {
      query: { ...query, format, cursor: next },
      signal,
    })
    parts.push(text)
    onProgress(parts.length)
    next = cursor ?? undefined
  } while (next)
  return new Blob(parts, { type: format === 'csv' ? 'text/csv' : 'application/x-ndjson' })
}
