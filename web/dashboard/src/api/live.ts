/** Told what has changed, over a socket (docs/live.md). It is a hint: what is shown is read by the API, always. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { Api } from './client'
import { SignedOut } from './problem'
import { Reading } from './reading'
import { type Part, partsOf, readRows, showStates } from './rows'
import { type Change, isTouched } from './touched'

const TOPICS = ['incidents', 'monitors', 'status-pages', 'on-call']
const POLL_MS = 30_000
const PING_MS = 60_000
const SILENCE_MS = 15_000
/** From opening a socket until it says that it will tell. */
const WELCOME_MS = 15_000
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000
/** What hints tell is on the screen by then, and what is read no longer in its way. */
const DRAWN_MS = 50

export type LiveState = 'connecting' | 'live' | 'polling'

type Frame =
  | { type: 'welcome' | 'pong'; sequence: number }
  | { type: 'changed'; sequence: number; follows: number; changes: Change[] }
  | { type: 'closing'; reason: string }
  | { type: 'error'; detail: string }

let state: LiveState = 'connecting'
const listeners = new Set<() => void>()

function tell(found: LiveState): void {
  state = found
  for (const listener of listeners) listener()
}

/** Whether changes come at once, or are asked for. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )
}

/** One organization's socket, opened anew whenever it ends, until `stop`. */
export class Live {
  readonly #api: Api
  readonly #reading: Reading
  #socket: WebSocket | undefined
  #known: number | undefined
  #pause = FIRST_PAUSE_MS
  #isStopped = false
  #timers: ReturnType<typeof setTimeout>[] = []
  #deadline: ReturnType<typeof setTimeout> | undefined
  #poll: ReturnType<typeof setInterval> | undefined

  constructor(
    readonly organization: string,
    readonly queries: QueryClient,
  ) {
    this.#api = new Api(organization)
    this.#reading = new Reading(queries)
  }

  /** Connect, and go on until stopped. */
  start(): void {
    this.#isStopped = false
    this.#ask()
    void this.#connect()
    window.addEventListener('online', this.#hurry)
  }

  stop(): void {
    this.#isStopped = true
    this.#reading.stop()
    window.removeEventListener('online', this.#hurry)
    this.#quiet()
    clearTimeout(this.#deadline)
    clearInterval(this.#poll)
    this.#poll = undefined
    const socket = this.#socket
    if (socket?.readyState === WebSocket.CONNECTING) socket.onopen = () => socket.close()
    else socket?.close()
  }

  readonly #hurry = () => {
    if (this.#socket?.readyState === WebSocket.OPEN) return
    this.#pause = FIRST_PAUSE_MS
    this.#quiet()
    void this.#connect()
  }

  #quiet(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers = []
  }

  /** Ask for everything now and then, until a socket tells. */
  #ask(): void {
    this.#poll ??= setInterval(() => this.#all(), POLL_MS)
  }

  async #connect(): Promise<void> {
    if (this.#isStopped || (this.#socket && this.#socket.readyState <= WebSocket.OPEN)) return
    try {
      const { url } = await this.#api.post('/v1/live/tickets')
      if (!this.#isStopped) this.#open(url)
    } catch (error) {
      if (!(error instanceof SignedOut)) this.#again()
    }
  }

  #open(url: string): void {
    const socket = new WebSocket(url)
    this.#socket = socket
    clearTimeout(this.#deadline)
    this.#deadline = setTimeout(() => socket.close(), WELCOME_MS)
    socket.onopen = () => socket.send(JSON.stringify({ action: 'subscribe', topics: TOPICS }))
    socket.onmessage = ({ data }) => this.#heard(JSON.parse(String(data)) as Frame)
    socket.onclose = () => {
      if (this.#socket !== socket) return
      this.#socket = undefined
      clearTimeout(this.#deadline)
      this.#quiet()
      this.#again()
    }
  }

  #again(): void {
    if (this.#isStopped) return
    tell('polling')
    this.#ask()
    this.#timers.push(setTimeout(() => void this.#connect(), this.#pause * (0.5 + Math.random())))
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS)
  }

  #heard(frame: Frame): void {
    this.#expectMore()
    switch (frame.type) {
      case 'welcome':
        this.#welcomed()
        void this.#catchUp(frame.sequence)
        break
      case 'pong':
        if (this.#known !== undefined && frame.sequence > this.#known) void this.#catchUp(frame.sequence)
        break
      case 'changed':
        if (this.#known !== undefined && frame.follows > this.#known) void this.#catchUp(frame.sequence)
        else this.#apply(frame.changes, frame.sequence)
        break
      case 'closing':
        this.#closed(frame.reason)
        break
      case 'error':
        break
    }
  }

  #welcomed(): void {
    this.#pause = FIRST_PAUSE_MS
    clearTimeout(this.#deadline)
    clearInterval(this.#poll)
    this.#poll = undefined
    tell('live')
  }

  /** After each word of the other side: ping when it has been silent, and give up when that is not answered. */
  #expectMore(): void {
    this.#quiet()
    const socket = this.#socket
    this.#timers.push(
      setTimeout(() => {
        if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ action: 'ping' }))
      }, PING_MS),
      setTimeout(() => socket?.close(), PING_MS + SILENCE_MS),
    )
  }

  async #catchUp(sequence: number): Promise<void> {
    if (this.#known === undefined) {
      this.#known = sequence
      return this.#all()
    }
    try {
      const query = { after: this.#known }
      const found = await this.queries.fetchQuery({ ...this.#api.get('/v1/live/changes', { query }), staleTime: 0 })
      if (found.is_reset) this.#all()
      this.#apply(found.items, found.sequence)
    } catch {
      this.#all()
    }
  }

  #apply(changes: readonly Change[], sequence: number): void {
    this.#known = Math.max(this.#known ?? 0, sequence)
    if (changes.length === 0) return
    const parts = partsOf(this.queries, this.organization, changes)
    const isShown = parts.map(part => showStates(this.queries, part, changes)).includes(true)
    if (isShown) setTimeout(() => this.#read(changes, parts), DRAWN_MS)
    else this.#read(changes, parts)
  }

  #read(changes: readonly Change[], parts: readonly Part[]): void {
    if (this.#isStopped) return
    for (const part of parts) void readRows(this.queries, this.organization, part)
    const inPart = new Set<unknown>(parts.map(({ list }) => list))
    const touched = isTouched(this.organization, changes)
    this.#reading.again({ predicate: query => !inPart.has(query) && touched(query) })
  }

  #all(): void {
    this.#reading.again({ queryKey: [this.organization] })
  }

  #closed(reason: string): void {
    this.#reading.again({ queryKey: [null, 'me'] })
    if (reason === 'signed_out' || reason === 'removed') this.#isStopped = true
    else this.#pause = FIRST_PAUSE_MS
  }
}

/** Keep what is shown of an organization up to date. */
export function useLive(organization: string): void {
  const queries = useQueryClient()
  useEffect(() => {
    const live = new Live(organization, queries)
    live.start()
    return () => live.stop()
  }, [organization, queries])
}
