import type { Query } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { Api } from '../src/api/client'
import { ended } from '../src/api/ending'
import { isTouched } from '../src/api/touched'

const api = new Api('org')

function touches(query: { queryKey: readonly unknown[] }, topic: string, kind: string, id: string): boolean {
  return isTouched('org', [{ topic, kind, id }])(query as unknown as Query)
}

test('a change touches the lists of its topic, and what is shown of that thing', () => {
  const one = api.get('/v1/incidents/{incident_id}/timeline', { path: { incident_id: 'a' } })
  expect(touches(api.list('/v1/incidents'), 'incidents', 'incident', 'a')).toBe(true)
  expect(touches(one, 'incidents', 'incident', 'a')).toBe(true)
  expect(touches(one, 'incidents', 'incident', 'b')).toBe(false)
  expect(touches(one, 'incidents', 'incident', '*')).toBe(true)
})

test('it touches nothing of other topics, of other organizations, or of nobody’s', () => {
  expect(touches(api.get('/v1/members'), 'incidents', 'incident', 'a')).toBe(false)
  expect(touches(new Api('other').list('/v1/incidents'), 'incidents', 'incident', 'a')).toBe(false)
  expect(touches(new Api(null).get('/v1/me'), 'on-call', 'schedule', 'a')).toBe(false)
})

test('a check touches what is checked, and not what is configured', () => {
  const change = ['monitors', 'check_result', 'm'] as const
  expect(touches(api.list('/v1/monitors'), ...change)).toBe(true)
  expect(touches(api.get('/v1/monitors/{monitor_id}', { path: { monitor_id: 'm' } }), ...change)).toBe(true)
  expect(touches(api.get('/v1/monitor-groups'), ...change)).toBe(false)
  expect(touches(api.get('/v1/monitor-groups'), 'monitors', 'monitor_down', 'm')).toBe(false)
  expect(touches(api.get('/v1/monitors', { query: { limit: 200 } }), ...change)).toBe(false)
  expect(touches(api.get('/v1/monitor-groups'), 'monitors', 'monitor', 'm')).toBe(true)
})

test('what this tab is deleting is not read again, unless that fails', async () => {
  const change = ['monitors', 'monitor', 'gone'] as const
  const one = api.get('/v1/monitors/{monitor_id}', { path: { monitor_id: 'gone' } })
  const parameters = { monitor_id: 'gone' }
  const seen: boolean[] = []
  const look = async () => void seen.push(touches(one, ...change), touches(api.list('/v1/monitors'), ...change))
  const refuse = async () => {
    await look()
    throw new Error('refused')
  }
  await expect(ended('/v1/monitors/{monitor_id}', parameters, refuse)).rejects.toThrow('refused')
  await ended('/v1/monitors/{monitor_id}/beacon', parameters, look)
  await ended('/v1/monitors/{monitor_id}', parameters, look)
  await look()
  expect(seen).toEqual([false, true, true, true, false, true, false, true])
})

test('an incident touches what services tell of incidents, and not what they are called', () => {
  const one = api.get('/v1/services/{service_id}', { path: { service_id: 's' } })
  expect(touches(api.list('/v1/services'), 'incidents', 'incident', 'a')).toBe(false)
  expect(touches(one, 'incidents', 'incident', 'a')).toBe(true)
})
