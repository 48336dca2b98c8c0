import { expect, describe as group, test } from 'vitest'
import {
  arranged,
  type Block,
  blocksOf,
  idOf,
  moved,
  movedInto,
  movedWithin,
  orderOf,
  runsOf,
} from '../src/screens/status-pages/arranging'
import { madeOf } from '../src/screens/status-pages/ComponentRow'
import { inputOf, looksInput, offeredColour, settingsInput, settingsOf } from '../src/screens/status-pages/pageValues'
import type { Component, Group, Report, StatusPage } from '../src/screens/status-pages/queries'
import { filterOf } from '../src/screens/status-pages/ReportsPanel'
import {
  filled,
  maintenanceInput,
  newReport,
  reportErrors,
  reportInput,
  reportPatch,
  reportValues,
} from '../src/screens/status-pages/reportValues'
import { withChosen } from '../src/screens/status-pages/useSources'
import { FIRST, FOLLOWING, filledIn, listed, slugOf } from '../src/screens/status-pages/words'

function component(id: string, position: number, group_id: string | null = null): Component {
  return { id, name: id, position, group_id, monitor_ids: [], service_ids: [] } as unknown as Component
}

function groupOf(id: string, position: number): Group {
  return { id, name: id, position } as unknown as Group
}

const PAGE = {
  groups: [groupOf('web', 1)],
  components: [component('shop', 0), component('front', 2, 'web'), component('api', 3, 'web'), component('mail', 4)],
}

const ids = (blocks: readonly Block[]) =>
  blocks.map(block => (block.group ? `${idOf(block)}(${block.components.map(one => one.id).join(' ')})` : idOf(block)))

group('the order of a page', () => {
  test('is blocks of components and groups', () =>
    expect(ids(blocksOf(PAGE))).toEqual(['shop', 'web(front api)', 'mail']))

  test('is changed by blocks and within groups', () => {
    const blocks = blocksOf(PAGE)
    expect(ids(moved(blocks, 2, 0))).toEqual(['mail', 'shop', 'web(front api)'])
    expect(ids(moved(blocks, 0, 2))).toEqual(['web(front api)', 'mail', 'shop'])
    expect(ids(movedWithin(blocks, 'web', 0, 1))).toEqual(['shop', 'web(api front)', 'mail'])
  })

  test('takes components into groups and out of them', () => {
    const blocks = blocksOf(PAGE)
    expect(ids(movedInto(blocks, component('shop', 0), 'web'))).toEqual(['web(front api shop)', 'mail'])
    expect(ids(movedInto(blocks, component('front', 2, 'web'), null))).toEqual(['shop', 'web(api)', 'mail', 'front'])
  })

  test('is sent with each of them once', () =>
    expect(orderOf(blocksOf(PAGE)).items).toEqual([
      { component_id: 'shop' },
      { group_id: 'web', component_ids: ['front', 'api'] },
      { component_id: 'mail' },
    ]))

  test('is shown at once as it will be', () => {
    const after = moved(blocksOf(PAGE), 2, 0)
    expect(ids(blocksOf(arranged(after)))).toEqual(ids(after))
    expect(arranged(movedInto(after, component('mail', 0), 'web')).components.at(-1)?.group_id).toBe('web')
  })

  test('has the components of a group together', () =>
    expect(runsOf(PAGE.components).map(run => run.map(one => one.id))).toEqual([['shop'], ['front', 'api'], ['mail']]))
})

group('words', () => {
  test('list names', () => {
    expect(listed([])).toBe('')
    expect(listed(['A'])).toBe('A')
    expect(listed(['A', 'B'])).toBe('A and B')
    expect(listed(['A', 'B', 'C', 'D'])).toBe('A, B and 2 more')
  })

  test('fill templates', () => {
    expect(filledIn('Trouble with {components} on {page}', ['Shop', 'Mail'], 'Acme')).toBe(
      'Trouble with Shop and Mail on Acme',
    )
    expect(filledIn('{components} is slow', [], 'Acme')).toBe('Acme is slow')
  })

  test('make addresses', () => {
    expect(slugOf('Café & Söhne GmbH')).toBe('cafe-sohne-gmbh')
    expect(slugOf('   ')).toBe('')
    expect(slugOf(`${'a'.repeat(62)} b`)).toBe('a'.repeat(62))
  })

  test('say what a component is made of', () => {
    expect(madeOf(component('a', 0))).toBe('kept by hand')
    expect(madeOf({ monitor_ids: ['1', '2'], service_ids: ['3'] })).toBe('2 monitors, 1 service')
  })

  test('name what is chosen also before its name is known', () => {
    const options = [{ value: 'a', label: 'Shop' }]
    expect(withChosen(options, ['a', 'b'])).toEqual([...options, { value: 'b', label: '…' }])
  })

  test('follow one another as the API has it', () => {
    for (const status of [...FIRST.incident, ...FIRST.maintenance]) expect(FOLLOWING[status].length).toBeGreaterThan(0)
    expect(FOLLOWING.resolved).toContain('postmortem')
    expect(FOLLOWING.postmortem).toEqual(['postmortem'])
  })

  test('find the colour that would do in a refusal', () => {
    const reason =
      'has a contrast of 1.32 on the page’s light grounds, and text needs 4.5; the nearest colour that would do is #866f00'
    expect(offeredColour(reason)).toBe('#866f00')
    expect(offeredColour('is no colour')).toBeUndefined()
    expect(offeredColour(undefined)).toBeUndefined()
  })
})

test('a page is sent whole with what changes', () => {
  const page = {
    id: 'p',
    name: 'Acme',
    slug: 'acme',
    description: '',
    time_zone: 'UTC',
    visibility: 'public',
    automatic: 'off',
    is_indexed: true,
    home_url: null,
    support_url: null,
    accent: '#112233',
    accent_dark: null,
    subscribe_channels: ['email'],
    version: 3,
    components: 7,
  } as unknown as StatusPage
  expect(inputOf(page)).not.toHaveProperty('version')
  const change = settingsInput({ ...settingsOf(page), name: ' Acme Ltd ', home_url: ' ' })
  expect({ ...inputOf(page), ...change }).toMatchObject({ name: 'Acme Ltd', home_url: null, accent: '#112233' })
  expect(looksInput({ accent: '', accent_dark: ' #abcdef ' })).toEqual({ accent: null, accent_dark: '#abcdef' })
})

group('reports', () => {
  const now = Date.parse('2026-11-22T03:20:00Z')

  test('are asked for by what is to be seen', () => {
    expect(filterOf('maintenance', undefined)).toEqual({
      state: ['draft', 'published'],
      status: ['scheduled', 'in_progress', 'verifying'],
    })
    expect(filterOf('incident', 'drafts')).toEqual({ state: ['draft'] })
    expect(filterOf('incident', 'past').status).toContain('postmortem')
  })

  test('begin with what is usual', () => {
    expect(reportInput(newReport('incident', now), 'draft')).toMatchObject({ status: 'investigating', state: 'draft' })
    expect(reportInput(newReport('incident', now), 'draft').started_at).toBeUndefined()
    const planned = maintenanceInput(newReport('maintenance', now), 'published')
    expect(planned.scheduled_for).toBe('2026-11-23T04:00:00.000Z')
    expect(planned.scheduled_until).toBe('2026-11-23T05:00:00.000Z')
  })

  test('have their templates filled in by what is affected', () => {
    const values = {
      ...newReport('incident', now),
      title: 'Trouble with {components}',
      body: 'On {page}.',
      components: [{ component_id: 'mail', status: 'major_outage' as const }],
    }
    expect(filled(values, PAGE.components, 'Acme')).toMatchObject({ title: 'Trouble with mail', body: 'On Acme.' })
  })

  const report = {
    kind: 'incident',
    state: 'published',
    title: 'Slow',
    status: 'investigating',
    components: [],
    started_at: '2026-11-22T03:00:40Z',
    scheduled_for: null,
    scheduled_until: null,
    moves_by_schedule: true,
    mutes: false,
    updates: [{ body: 'We look.', tells_subscribers: true }],
  } as unknown as Report

  test('are changed by what is other', () => {
    const values = reportValues(report)
    expect(reportPatch(report, values)).toBeNull()
    expect(reportPatch(report, { ...values, title: 'Slow checkout ', body: 'x' })).toEqual({ title: 'Slow checkout' })
    const draft = { ...report, state: 'draft' } as Report
    expect(reportPatch(draft, { ...values, body: 'x', status: 'identified' })).toEqual({
      body: 'x',
      status: 'identified',
    })
  })

  test('show refusals at their fields', () =>
    expect(reportErrors({ scheduled_for: 'is over', title: 'is empty' })).toEqual({
      from: 'is over',
      title: 'is empty',
    }))
})
