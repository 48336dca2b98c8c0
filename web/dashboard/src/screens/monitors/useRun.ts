/** Follows a check that was asked for, until every region has answered or nobody waits any longer. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { serverNow } from '../../api/clock'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'

const EVERY_MS = 1_000
/** The longest timeout, its second attempt, and the way there and back. */
const PATIENCE_MS = 150_000

type Run = Model<'MonitorRun'>

function isOver(run: Run | undefined): boolean {
  if (!run) return false
  return run.waiting_for.length === 0 || serverNow() - Date.parse(run.asked_at) > PATIENCE_MS
}

/** A run of a monitor, or, without one, a try of what is not saved. */
export function useRun(id: string | null, monitor: string | null) {
  const api = useApi()
  const reading = monitor
    ? api.get('/v1/monitors/{monitor_id}/runs/{run_id}', { path: { monitor_id: monitor, run_id: id ?? '' } })
    : api.get('/v1/monitors/test/{try_id}', { path: { try_id: id ?? '' } })
  const found = useQuery({
    queryKey: reading.queryKey,
    queryFn: reading.queryFn,
    enabled: id !== null,
    refetchInterval: query => (query.state.error || isOver(query.state.data) ? false : EVERY_MS),
  })
  const over = isOver(found.data)
  const [, draw] = useState(0)
  useEffect(() => {
    if (over || !found.data) return
    const left = PATIENCE_MS - (serverNow() - Date.parse(found.data.asked_at))
    const timer = setTimeout(() => draw(count => count + 1), Math.max(0, left) + 50)
    return () => clearTimeout(timer)
  }, [over, found.data])
  return { found, isOver: over }
}
