import { expect, describe as group, test } from 'vitest'
import type { Model } from '../src/api/types'
import { regionsOf } from '../src/screens/locations/health'
import { certificatesOf } from '../src/screens/monitors/CertificateCard'
import { grouped } from '../src/screens/monitors/grouped'
import { askedOf, rowsOf } from '../src/screens/monitors/latencySpans'
import { readDocument } from '../src/screens/monitors/monitorDocument'
import { evidenceOf } from '../src/screens/monitors/outageEvidence'
import { daysFrom } from '../src/screens/monitors/queries'
import { reordered } from '../src/screens/monitors/reordered'
import { stretches } from '../src/screens/monitors/Sparkline'
import { snippetsOf } from '../src/screens/monitors/snippets'
import { assertionLine, specLines } from '../src/screens/monitors/specLines'
import { shareOf } from '../src/screens/monitors/UptimeCard'
import { formatLatency, partsOf, regionName, type Spec, stateOf, targetOf } from '../src/screens/monitors/words'
import { monitor, SPECS } from './monitorSpecs'

group('words', () => {
  test('what is checked', () => {
    expect(SPECS.map(targetOf)).toEqual([
      'https://shop.example.com/{{path}}',
      'shop.example.com:8443',
      'mail.example.com:25',
      'MX shop.example.com',
      '30 2 * * *, Europe/Berlin',
    ])
    expect(
      targetOf({ kind: 'heartbeat', interval_seconds: 3_600, grace_seconds: 60, time_zone: 'UTC', methods: 'any' }),
    ).toBe('every 1 h')
  })

  test('latencies', () => {
    expect([0.42, 9.96, 118.3, 999.4, 1_420].map(formatLatency)).toEqual([
      '0.4 ms',
      '10.0 ms',
      '118 ms',
      '999 ms',
      '1.42 s',
    ])
  })

  test('regions and states', () => {
    const names = new Map([['l1', 'Berlin']])
    expect(['eu-west-1', 'private:l1', 'private:l2'].map(one => regionName(one, names))).toEqual([
      'eu-west-1',
      'Berlin',
      'a private location',
    ])
    expect(stateOf({ paused_at: '2026-11-01T00:00:00Z', status: 'down' })).toBe('paused')
    expect(stateOf({ paused_at: null, status: 'degraded' })).toBe('degraded')
  })

  test('the parts of a check, and what is left', () => {
    expect(partsOf({ dns: 3, connect: 12, tls: null, first_byte: 80 }, 121)).toEqual([
      { part: 'dns', ms: 3 },
      { part: 'connect', ms: 12 },
      { part: 'first_byte', ms: 80 },
      { part: 'rest', ms: 26 },
    ])
    expect(partsOf({ dns: 5 }, 5)).toEqual([{ part: 'dns', ms: 5 }])
  })

  test('a configuration to read', () => {
    expect(assertionLine({ type: 'json', path: '$.a', comparison: 'equals', value: 'ok' })).toBe('JSON $.a equals "ok"')
    expect(assertionLine({ type: 'latency', less_than_ms: 800, part: 'total', otherwise: 'degraded' })).toBe(
      'everything takes less than 800 ms, otherwise degraded',
    )
    for (const spec of SPECS) expect(specLines(spec).every(([name, value]) => name && value)).toBe(true)
    expect(Object.fromEntries(specLines(SPECS[0] as Spec))).toMatchObject({
      'Signs in': 'as us',
      Certificate: 'not judged',
    })
  })
})

group('figures', () => {
  test('seconds of days make one share', () => {
    const day = (up: number, degraded: number, down: number) => ({
      up_seconds: up,
      degraded_seconds: degraded,
      down_seconds: down,
    })
    expect(shareOf([day(50, 25, 25), day(100, 0, 0)])).toBe(0.875)
    expect(shareOf([day(0, 0, 0)])).toBeNull()
  })

  test('days have their dates', () => {
    expect(daysFrom('2026-02-28', [1, null])).toEqual([
      { day: '2026-02-28', uptime: 1 },
      { day: '2026-03-01', uptime: null },
    ])
  })

  test('a sparkline has gaps where nothing is known', () => {
    expect(stretches([1, 3, null, 2], 34, 20)).toEqual(['2.0,18.0 12.0,2.0', '32.0,10.0'])
    expect(stretches([5, 5], 12, 20)).toEqual(['2.0,10.0 10.0,10.0'])
    expect(stretches([null])).toEqual([])
  })

  test('latencies are asked for by whole hours', () => {
    const now = Date.parse('2026-11-22T01:59:59Z')
    expect(askedOf('day', now)).toEqual({ step: 'hour', from: '2026-11-21T01:00:00.000Z' })
    expect(askedOf('quarter', now).step).toBe('day')
    expect(askedOf('day', now + 500)).toEqual(askedOf('day', now))
  })

  test('a chart has a row a step and a column a region', () => {
    const of = (region: string, starts_at: string, p95_ms: number | null) =>
      ({ region, starts_at, p95_ms }) as Model<'Latency'>
    const items = [
      of('b', '2026-11-22T01:00:00Z', 2),
      of('a', '2026-11-22T01:00:00Z', 1),
      of('a', '2026-11-22T00:00:00Z', null),
    ]
    expect(rowsOf(items, 'p95_ms')).toEqual([
      { at: '2026-11-22T00:00:00Z', a: null },
      { at: '2026-11-22T01:00:00Z', b: 2, a: 1 },
    ])
  })

  test('shards of a region are one', () => {
    const shard = (region: string, given: Partial<Model<'ShardHealth'>>): Model<'ShardHealth'> => ({
      region,
      region_status: 'seeing',
      shard: 0,
      starts_at: '2026-11-22T00:00:00Z',
      ends_at: '2026-11-22T00:01:00Z',
      due: 10,
      done: 9,
      missed: 1,
      blind_since: null,
      lateness_ms_p99: null,
      silent_seconds: 3,
      ...given,
    })
    const found = regionsOf([
      shard('private:l1', {}),
      shard('us-east-1', { lateness_ms_p99: 12 }),
      shard('us-east-1', { lateness_ms_p99: 40, region_status: null, ends_at: '2026-11-22T00:02:00Z' }),
    ])
    expect(found.map(one => one.region)).toEqual(['us-east-1', 'private:l1'])
    expect(found[0]).toMatchObject({
      due: 20,
      done: 18,
      missed: 2,
      latenessMs: 40,
      status: 'seeing',
      endsAt: '2026-11-22T00:02:00Z',
    })
  })
})

group('lists', () => {
  const g = (id: string, position: number) => ({ id, name: id, position, monitors: 1, version: 1, created_at: '' })

  test('monitors are shown in their groups, by position, the rest last', () => {
    const of = (id: string, group_id: string | null) => monitor(SPECS[1] as Spec, { id, group_id })
    const found = grouped(
      [of('a', 'y'), of('b', null), of('c', 'x'), of('d', 'deleted')],
      [g('x', 1), g('y', 0), g('z', 2)],
    )
    expect(found.map(one => [one.name, one.monitors.map(m => m.id)])).toEqual([
      ['y', ['a']],
      ['x', ['c']],
      ['In no group', ['b', 'd']],
    ])
    expect(grouped([of('a', null)], []).map(one => one.name)).toEqual([null])
  })

  test('only what moved is written', () => {
    const { order, changed } = reordered([g('a', 0), g('b', 1), g('c', 2)], 2, 1)
    expect(order.map(one => one.id)).toEqual(['a', 'c', 'b'])
    expect(changed.map(one => [one.id, one.position])).toEqual([
      ['c', 1],
      ['b', 2],
    ])
  })

  test('of different certificates the one that ends first is shown', () => {
    const shown = (fingerprint: string, not_after: string) =>
      ({ certificate: { fingerprint, not_after } }) as Model<'RegionState'>
    const found = certificatesOf([
      shown('a', '2027-01-01T00:00:00Z'),
      shown('b', '2026-12-01T00:00:00Z'),
      shown('a', '2027-01-01T00:00:00Z'),
      { certificate: null } as Model<'RegionState'>,
    ])
    expect(found.map(one => one.fingerprint)).toEqual(['b', 'a'])
  })
})

group('evidence and documents', () => {
  test('an outage says why, by what regions saw', () => {
    expect(evidenceOf({ reason: 'timeout', detail: 'No answer within 10 s.' })).toEqual({
      why: 'No answer within 10 s.',
      regions: [],
    })
    const regions = {
      eu: { status: 'up' },
      us: { status: 'down', reason: 'too_slow', http_status: 503, address: '192.0.2.1' },
    }
    expect(evidenceOf({ regions })).toEqual({
      why: 'too slow',
      regions: [
        { region: 'eu', status: 'up', why: null, facts: [] },
        { region: 'us', status: 'down', why: 'too slow', facts: ['HTTP 503', '192.0.2.1'] },
      ],
    })
    expect(evidenceOf({ reason: 'of tomorrow', regions: 'x' })).toEqual({ why: 'of tomorrow', regions: [] })
  })

  test('a document is an object with monitors, or it is said why not', () => {
    expect(readDocument('{"monitors": []}')).toEqual({ monitors: [] })
    expect(readDocument('[]')).toContain('list of')
    expect(readDocument('monitors:')).toContain('not JSON')
  })

  test('snippets hold the URL, and the crontab the cron', () => {
    const url = 'https://events.example.com/ping/ABC'
    const found = snippetsOf(url, '5 4 * * *')
    expect(found.every(one => one.text.includes(url))).toBe(true)
    expect(found[0]?.text.startsWith('5 4 * * *  ')).toBe(true)
    expect(snippetsOf(url, '0 5 4 * * *')[0]?.text.startsWith('30 2 * * *')).toBe(true)
  })
})
