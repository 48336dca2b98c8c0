import { expect, test } from 'vitest'
import { Api } from '../src/api/client'
import { between, isWhole, type Parts, partsOf, provenOf, triggerOf } from '../src/screens/start/firstPage'
import { setUp } from '../src/screens/start/settingUp'
import { answering, CONFIG, json } from './answering'

const OLGA = 'olga'

function policy(id: string, ...users: string[]): Parts['policies'][number] {
  const targets = users.map(value => ({ kind: 'user' as const, value }))
  return { id, created_at: `2026-01-0${id.length}T00:00:00Z`, steps: [{ targets }] } as Parts['policies'][number]
}

function service(id: string, policyId: string | null): Parts['services'][number] {
  return { id, policy_id: policyId, created_at: '2026-01-01T00:00:00Z' } as Parts['services'][number]
}

function integration(id: string, serviceId: string): Parts['integrations'][number] {
  return { id, service_id: serviceId, created_at: '2026-01-01T00:00:00Z' } as Parts['integrations'][number]
}

test('what is there is gone on with: a whole path before one that broke off', () => {
  const policies = [policy('p', OLGA), policy('qq', OLGA), policy('rrr', 'ivan')]
  const services = [service('half', 'p'), service('whole', 'qq'), service('his', 'rrr')]
  const integrations = [integration('i', 'whole'), integration('j', 'his')]
  expect(partsOf({ policies, services, integrations }, OLGA)).toMatchObject({
    policy: { id: 'qq' },
    service: { id: 'whole' },
    integration: { id: 'i' },
  })
  const broken = partsOf({ policies, services, integrations: [] }, OLGA)
  expect(broken.service?.id).toBe('half')
  expect(isWhole(broken)).toBe(false)
  expect(partsOf({ policies, services: [], integrations }, OLGA)).toEqual({ policy: policies[0] })
  expect(partsOf({ policies: policies.slice(2), services, integrations }, OLGA)).toEqual({ policy: undefined })
})

test('a contact method counts once it is verified, and while it is on', () => {
  const method = { verified_at: null, disabled_at: null } as Parameters<typeof provenOf>[0][number]
  const proven = { ...method, verified_at: '2026-01-01T00:00:00Z' }
  expect(provenOf([method, { ...proven, disabled_at: '2026-01-02T00:00:00Z' }])).toBeUndefined()
  expect(provenOf([method, proven])).toBe(proven)
})

test('the event that is followed is the newest that opens something', () => {
  const event = { integration_id: 'i', action: 'trigger' } as Parameters<typeof triggerOf>[0][number]
  const events = [{ ...event, action: 'resolve' as const }, { ...event, integration_id: 'j' }, event]
  expect(triggerOf(events, 'i')).toBe(event)
})

test('short times are told exactly', () => {
  expect(between('2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.840Z')).toBe('1.8 s')
  expect(between('2026-01-01T00:00:00Z', '2026-01-01T00:00:42.4Z')).toBe('42 s')
  expect(between('2026-01-01T00:00:00Z', '2026-01-01T00:03:10Z')).toBe('3 min')
  expect(between('2026-01-01T00:00:02Z', '2026-01-01T00:00:00Z')).toBe('0.0 s')
})

test('what was made before something failed is not made again', async () => {
  sessionStorage.setItem('tocsin.demo', JSON.stringify({ token: 't' }))
  let isBroken = true
  const asked = answering(({ url }) => {
    if (url.pathname === '/config.json') return json(CONFIG)
    if (url.pathname === '/v1/services' && isBroken)
      return json({ code: 'duplicate', status: 409, detail: 'It is taken.' }, 409)
    return json({ id: url.pathname, routing_key: { key: 'K' } }, 201)
  })
  const made: object[] = []
  const go = (parts: object) =>
    setUp(new Api('org'), { user: OLGA, name: 'Olga' }, 'Shop', parts, one => made.push(one))
  await expect(go({})).rejects.toThrow('It is taken.')
  isBroken = false
  await go(made.at(-1) ?? {})
  const paths = asked.filter(one => one.method === 'POST').map(one => one.url.pathname)
  expect(paths).toEqual(['/v1/escalation-policies', '/v1/services', '/v1/services', '/v1/integrations'])
})
