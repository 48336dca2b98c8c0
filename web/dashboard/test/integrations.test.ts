import { expect, test } from 'vitest'
import { isInForce, lastUse, type RoutingKey, stateOf } from '../src/screens/services/keyStates'
import { outcomeOf } from '../src/screens/services/outcomes'
import { inputOf, NO_VALUES, type Service, valuesOf } from '../src/screens/services/serviceValues'
import { SOME_KEY, TOOLS, toolOf } from '../src/screens/services/tools'

const NOW = Date.parse('2026-11-22T03:00:00Z')
const KEY: RoutingKey = {
  id: 'k',
  integration_id: 'i',
  hint: 'WXYZ',
  created_at: '2026-11-20T00:00:00Z',
  expires_at: null,
  revoked_at: null,
  last_used_at: null,
  refused_count: 0,
  last_refused_at: null,
}

test('every tool has the address and the key of this integration in what is copied', () => {
  for (const tool of TOOLS) {
    const code = tool.snippets({ url: 'https://in.example:8443/stage', key: 'A0123' }).map(one => one.code)
    const all = code.join('\n')
    expect(all, tool.id).toContain('A0123')
    expect(all, tool.id).toContain('in.example:8443')
    expect(all, tool.id).not.toContain(SOME_KEY)
    expect(all, tool.id).not.toContain('undefined')
  }
})

test('Prometheus gets scheme, host and path apart', () => {
  const [yaml] = toolOf('prometheus').snippets({ url: 'http://127.0.0.1:8400/_aws/execute-api/a1', key: 'K' })
  expect(yaml?.code).toContain("targets: ['127.0.0.1:8400']")
  expect(yaml?.code).toContain('scheme: http\n')
  expect(yaml?.code).toContain('path_prefix: /_aws/execute-api/a1')
  const [bare] = toolOf('prometheus').snippets({ url: 'https://in.example', key: 'K' })
  expect(bare?.code).not.toContain('path_prefix')
})

test('what is posted as an example is JSON', () => {
  for (const tool of TOOLS)
    for (const { code } of tool.snippets({ url: 'https://in.example', key: 'K' })) {
      const [, body] = /-d '([^']+)'/.exec(code) ?? []
      if (body) expect(() => JSON.parse(body), `${tool.id}: ${body}`).not.toThrow()
    }
})

test('a tool is known by its id, or by what its integration is called', () => {
  expect(toolOf('grafana', 'Prometheus').id).toBe('grafana')
  expect(toolOf(undefined, 'Prometheus of eu-1').id).toBe('prometheus')
  expect(toolOf(undefined, 'our PagerDuty things').id).toBe('events-v2')
  expect(toolOf('none', 'x').id).toBe('json')
})

test('a key is in use, never used, ending, ended or revoked', () => {
  expect(stateOf(KEY, NOW)).toBe('never used')
  expect(stateOf({ ...KEY, last_used_at: '2026-11-21T00:00:00Z' }, NOW)).toBe('in use')
  expect(stateOf({ ...KEY, expires_at: '2026-11-22T04:00:00Z' }, NOW)).toBe('ending')
  expect(stateOf({ ...KEY, expires_at: '2026-11-22T02:00:00Z' }, NOW)).toBe('ended')
  expect(stateOf({ ...KEY, revoked_at: '2026-11-22T02:00:00Z' }, NOW)).toBe('revoked')
  expect(isInForce({ ...KEY, expires_at: '2026-11-22T04:00:00Z' }, NOW)).toBe(true)
  expect(isInForce({ ...KEY, revoked_at: '2026-11-22T02:00:00Z' }, NOW)).toBe(false)
})

test('the last use is the newest of all keys', () => {
  const uses = ['2026-11-21T00:00:00Z', null, '2026-11-22T00:00:00Z']
  expect(lastUse(uses.map(last_used_at => ({ ...KEY, last_used_at })))).toBe('2026-11-22T00:00:00Z')
  expect(lastUse([KEY])).toBeNull()
})

test('a service goes through its form unchanged', () => {
  const service: Service = {
    id: 's',
    name: 'shop',
    policy_id: null,
    team_id: null,
    created_at: '2026-11-20T00:00:00Z',
    urgency: 'low',
    runbook_url: null,
    acknowledgement_timeout_seconds: 1_800,
    auto_resolve_seconds: null,
    reopen_window_seconds: 0,
    version: 3,
  }
  const { id, created_at, version, ...rest } = service
  expect(inputOf(valuesOf(service))).toEqual(rest)
  expect(inputOf({ ...NO_VALUES, name: ' x ', runbook_url: ' ' })).toMatchObject({ name: 'x', runbook_url: null })
  expect([id, created_at, version]).toHaveLength(3)
})

test('an outcome that is newer than this page has words too', () => {
  expect(outcomeOf('opened')).toBe('Opened an incident')
  expect(outcomeOf('sent_elsewhere')).toBe('sent elsewhere')
})
