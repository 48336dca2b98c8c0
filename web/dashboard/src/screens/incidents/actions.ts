/** What is done to incidents: shown at once, and taken back when the API says no. */
import { type InfiniteData, type QueryClient, type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { serverNow } from '../../api/clock'
import { SignedOut } from '../../api/problem'
import type { Model } from '../../api/types'
import { meQuery } from '../../app/me'
import { useApi } from '../../app/organization'
import { notifyProblem, notifySome } from '../../components/notices'
import { type Failure, inTurn } from './inTurn'

export type Incident = Model<'Incident'>
type Page = Model<'IncidentPage'>

export type Move = 'acknowledge' | 'resolve' | 'unacknowledge' | 'reopen' | 'unsnooze'

/** What an incident will look like. */
export function moved(incident: Incident, move: Move, by: string, at: string): Partial<Incident> {
  switch (move) {
    case 'acknowledge':
      return { status: 'acknowledged', acknowledged_at: at, acknowledged_by_name: by, snoozed_until: null }
    case 'resolve':
      return { status: 'resolved', resolved_at: at, resolved_by_name: by, snoozed_until: null }
    case 'unacknowledge':
      return { status: 'triggered', acknowledged_at: null, acknowledged_by: null, acknowledged_by_name: null }
    case 'reopen':
      return { status: 'triggered', resolved_at: null, resolved_by: null, resolved_by_name: null }
    case 'unsnooze':
      return { snoozed_until: null, status: incident.status }
  }
}

function isList(data: unknown): data is InfiniteData<Page> {
  return typeof data === 'object' && data !== null && 'pages' in data
}

function isOne(data: unknown): data is Incident {
  return typeof data === 'object' && data !== null && 'number' in data && 'status' in data
}

/** Show some incidents otherwise, wherever they are shown. */
function show(queries: QueryClient, topic: QueryKey, ids: ReadonlySet<string>, change: (one: Incident) => Incident) {
  queries.setQueriesData({ queryKey: topic }, (data: unknown) => {
    if (isOne(data)) return ids.has(data.id) ? change(data) : data
    if (!isList(data)) return data
    const pages = data.pages.map(page =>
      page.items ? { ...page, items: page.items.map(one => (ids.has(one.id) ? change(one) : one)) } : page,
    )
    return { ...data, pages }
  })
}

const DONE: Readonly<Record<Move, string>> = {
  acknowledge: 'acknowledged',
  resolve: 'resolved',
  unacknowledge: 'given back',
  reopen: 'opened again',
  unsnooze: 'woken',
}

/** Say what has not been carried out, and why the first of it was not. */
function tell(failures: readonly Failure[], all: number, move: Move): void {
  const reason = failures[0]?.error
  if (all === 1) notifyProblem(reason)
  else notifySome(`${failures.length} of ${all} could not be ${DONE[move]}`, reason)
}

interface Moved {
  ids: readonly string[]
  move: Move
}

/** Each is a call of its own; only what is refused is shown again as it was. */
function useCalls(onSettled: (ids: readonly string[]) => void) {
  const api = useApi()
  const queries = useQueryClient()
  const topic = api.topic('incidents')
  return useMutation({
    mutationFn: async ({ ids, move }: Moved) => {
      const post = (id: string) => api.post(`/v1/incidents/{incident_id}/${move}`, { path: { incident_id: id } })
      const failures = await inTurn(ids, post)
      const ended = failures.find(one => one.error instanceof SignedOut)
      if (ended) throw ended.error
      return failures
    },
    onMutate: async ({ ids, move }) => {
      await queries.cancelQueries({ queryKey: topic })
      const me = queries.getQueryData(meQuery.queryKey) as Model<'Me'> | undefined
      const by = me?.name ?? 'You'
      const at = new Date(serverNow()).toISOString()
      const before = new Map<string, Partial<Incident>>()
      show(queries, topic, new Set(ids), one => {
        const change = moved(one, move, by, at)
        const was = Object.keys(change).map(name => [name, one[name as keyof Incident]])
        if (!before.has(one.id)) before.set(one.id, Object.fromEntries(was))
        return { ...one, ...change }
      })
      return before
    },
    onSuccess: (failures, { ids, move }, before) => {
      if (failures.length === 0) return
      show(queries, topic, new Set(failures.map(one => one.id)), one => ({ ...one, ...before.get(one.id) }))
      tell(failures, ids.length, move)
    },
    onError: notifyProblem,
    onSettled: (_, __, { ids }) => {
      onSettled(ids)
      return queries.invalidateQueries({ queryKey: topic })
    },
  })
}

const NONE: ReadonlySet<string> = new Set()
/** Within it a second tap was meant for the button that stood there before. */
const SETTLED_MS = 1_000

export interface Moving {
  move: (ids: readonly string[], move: Move) => void
  /** Whose buttons do nothing yet, since what they say has only just changed. */
  settling: ReadonlySet<string>
}

/** Move incidents, one or many at once. */
export function useMove(): Moving {
  const [settling, setSettling] = useState(NONE)
  const free = (ids: readonly string[]) => setSettling(before => new Set([...before].filter(id => !ids.includes(id))))
  const calls = useCalls(ids => setTimeout(() => free(ids), SETTLED_MS))
  return {
    settling,
    move: (ids, move) => {
      setSettling(before => new Set([...before, ...ids]))
      calls.mutate({ ids, move })
    },
  }
}

/** How a button looks that does nothing yet, and keeps the focus. */
export function inert(isInert: boolean) {
  return { 'aria-disabled': isInert || undefined, 'data-disabled': isInert || undefined }
}
