/** Answers what the code under test asks of the network. */
import { vi } from 'vitest'

export interface Asked {
  method: string
  url: URL
  headers: Headers
  body: unknown
}

type Reply = Response | Error

/** Answer with what is given, one after another, the last one from then on; gives what was asked. */
export function answering(reply: (asked: Asked) => Reply): Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', (input: string, init: RequestInit = {}) => {
    const one = {
      method: init.method ?? 'GET',
      url: new URL(input, 'https://dashboard.example'),
      headers: new Headers(init.headers),
      body: init.body ? JSON.parse(String(init.body)) : undefined,
    }
    asked.push(one)
    const found = reply(one)
    return found instanceof Error ? Promise.reject(found) : Promise.resolve(found)
  })
  return asked
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
}

export const CONFIG = { api: 'https://api.example', version: 'test' }

/** Let locks be given at once, as in a browser with one tab. */
export function withLocks(): void {
  Object.defineProperty(navigator, 'locks', {
    configurable: true,
    value: { request: (_: string, does: () => Promise<unknown>) => does() },
  })
}
