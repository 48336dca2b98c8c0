import { fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  broughtBack,
  copyOf,
  newStep,
  type Policy,
  policyErrors,
  policyInput,
  policyValues,
  type StepValues,
  stepsInError,
  targetOf,
  targetText,
  times,
} from '../src/screens/policies/policyForm'
import { StepList } from '../src/screens/policies/StepList'
import { momentsOf, type Simulation } from '../src/screens/policies/simulation'
import { conditionsOf, daysOf, delayOf, instantsOf, repetitionsOf } from '../src/screens/policies/words'
import { answering, CONFIG, json } from './answering'
import { renderInside } from './rendering'

const ALICE = '00000000-0000-4000-8000-00000000000a'
const ROTA = '00000000-0000-4000-8000-00000000000d'

const policy: Policy = {
  id: '00000000-0000-4000-8000-000000000003',
  name: 'Primary',
  team_id: null,
  version: 4,
  rounds: 2,
  round_delay_seconds: 600,
  time_zone: 'Europe/Berlin',
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-01T00:00:00Z',
  fallback: [{ kind: 'email', value: 'ops@example.com', who: null }],
  steps: [
    {
      step_id: 'one',
      delay_seconds: 0,
      targets: [{ kind: 'schedule', value: ROTA, who: 'now' }],
      retries: 2,
      retry_interval_seconds: 120,
      round_robin: false,
      conditions: { severities: [], urgencies: [], times: [], while: 'not_acknowledged' },
    },
    {
      step_id: 'two',
      delay_seconds: 300,
      targets: [{ kind: 'user', value: ALICE, who: null }],
      retries: 0,
      retry_interval_seconds: 0,
      round_robin: true,
      conditions: {
        severities: ['critical'],
        urgencies: ['high'],
        times: [{ days: ['monday', 'tuesday', 'wednesday'], starts: '08:00', ends: '18:00' }],
        while: 'not_resolved',
      },
    },
  ],
}

describe('a policy in a form', () => {
  test('is sent as it was read', () => {
    const { name, team_id, rounds, round_delay_seconds, time_zone, fallback, steps } = policy
    const found = policyInput(policyValues(policy))
    expect(found).toEqual({ name, team_id, rounds, round_delay_seconds, time_zone, fallback, steps })
  })

  test('has targets as texts and back', () => {
    for (const target of [...policy.steps.flatMap(step => step.targets), ...(policy.fallback ?? [])])
      expect(targetOf(targetText(target))).toEqual(target)
    expect(targetOf(targetText({ kind: 'email', value: 'a:b@example.com', who: null })).value).toBe('a:b@example.com')
    expect(targetText({ kind: 'schedule', value: ROTA, who: 'next' })).toBe(`schedule:next:${ROTA}`)
  })

  test('names what is missing by the paths of the API', () => {
    const steps = [
      { ...newStep(true), retries: 1 },
      { ...newStep(false), targets: [`user::${ALICE}`], times: [times([])] },
    ]
    const found = policyErrors({ ...policyValues(policy), name: ' ', steps })
    expect(Object.keys(found)).toEqual([
      'name',
      'steps.0.targets',
      'steps.0.retry_interval_seconds',
      'steps.1.conditions.times.0.days',
    ])
    expect([...stepsInError(found)]).toEqual([0, 1])
    expect(policyErrors({ ...policyValues(policy), steps: [] })).toHaveProperty('steps')
    expect(policyErrors(policyValues(policy))).toEqual({})
  })

  test('that is brought back makes new steps of those that are gone', () => {
    const earlier = {
      ...policy,
      version: 1,
      steps: policy.steps.map(step => ({ ...step, step_id: `${step.step_id}` })),
    }
    const [first, ...gone] = policy.steps
    const current = { ...policy, steps: first ? [first] : gone }
    expect(broughtBack(earlier, current).steps.map(step => step.step_id)).toEqual(['one', null])
  })

  test('has copies that are steps of their own', () => {
    const [step] = policyValues(policy).steps
    const copy = copyOf(step ?? newStep(true))
    expect(copy).toMatchObject({ step_id: null, retries: 2 })
    expect(copy.key).not.toBe(step?.key)
  })
})

describe('steps are told', () => {
  const [first, second] = policyValues(policy).steps as [StepValues, StepValues]

  test('when', () => {
    expect([delayOf(0, true), delayOf(0, false), delayOf(300, false), delayOf(60, true)]).toEqual([
      'At once',
      'At the same time',
      '5 min later',
      'After 1 min',
    ])
    expect(instantsOf([first, second, { ...newStep(false), delay_seconds: 60 }])).toEqual([0, 540, 600])
  })

  test('how often, and for what', () => {
    expect(repetitionsOf(first)).toBe('again 2 times, every 2 min')
    expect(repetitionsOf({ ...first, retries: 1 })).toBe('again once after 2 min')
    expect(repetitionsOf(second)).toBeNull()
    expect(conditionsOf(first)).toEqual([])
    expect(conditionsOf(second)).toEqual([
      'only critical',
      'only high urgency',
      'only Mon–Wed 08:00–18:00',
      'until it is resolved',
    ])
    expect(daysOf(['sunday', 'friday'])).toBe('Fri, Sun')
    expect(daysOf(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])).toBe('every day')
  })
})

test('a simulation is told instant by instant', () => {
  const page = {
    incident_id: 'i',
    channel: 'email',
    address: 'alice@example.com',
    contact_method_id: null,
    destination_id: null,
    name: 'Alice',
    target: 'user',
    rule: 'default',
    reason: null,
    round: 0,
    position: 0,
    retry: 0,
    step_id: 'one' as string | null,
    fate: 'sent' as const,
    decided_at: '2026-12-07T09:00:00Z',
    due_at: '2026-12-07T09:00:00Z',
    sent_at: '2026-12-07T09:00:00Z' as string | null,
  }
  const entry = (kind: string, at: string, data: Record<string, unknown> = {}) => ({
    id: `${kind}.${at}`,
    incident_id: 'i',
    kind,
    at,
    actor: 'system',
    data,
  })
  const simulation: Simulation = {
    at: '2026-12-07T09:00:00Z',
    until: '2026-12-14T09:00:00Z',
    ended: 'settled',
    instants: 3,
    events: [],
    incidents: [],
    timeline: [
      entry('paged', '2026-12-07T09:00:00Z', { step: 1, on_call: { Alice: 'on call in Primary: layer weeks' } }),
      entry('notification_delivered', '2026-12-07T09:00:00Z'),
      entry('step_passed', '2026-12-07T09:05:00Z', { step: 2, reason: 'the severity is critical' }),
      entry('escalation_exhausted', '2026-12-07T09:10:00Z'),
    ],
    pages: [
      page,
      {
        ...page,
        fate: 'cancelled',
        reason: 'incident_moved_on',
        retry: 1,
        sent_at: null,
        due_at: '2026-12-07T09:02:00Z',
      },
      {
        ...page,
        step_id: null,
        name: null,
        target: 'email:ops@example.com',
        address: 'ops@example.com',
        sent_at: '2026-12-07T09:10:00Z',
      },
    ] as Simulation['pages'],
  }
  const moments = momentsOf(simulation)
  expect(moments.map(one => one.after)).toEqual([0, 120, 300, 600])
  expect(moments.flatMap(one => one.lines.map(line => [line.tone, line.text, line.note]))).toEqual([
    ['plain', 'Step 1 is taken', 'Alice is on call in Primary: layer weeks'],
    ['page', 'Alice · E-mail', 'step 1 · alice@example.com'],
    ['plain', 'Alice · E-mail', 'step 1, repetition 1 · alice@example.com · not sent: incident moved on'],
    ['plain', 'Step 2 is passed', 'the severity is critical'],
    ['plain', 'No step is left', undefined],
    ['page', 'ops@example.com · E-mail', 'fallback'],
  ])
})

interface ListProperties {
  first: StepValues[]
  errors?: Record<string, string>
  onSteps: (steps: StepValues[]) => void
}

function List({ first, errors = {}, onSteps }: ListProperties) {
  const [steps, setSteps] = useState(first)
  const change = (found: StepValues[]) => {
    setSteps(found)
    onSteps(found)
  }
  return <StepList steps={steps} onChange={change} errors={errors} zone="UTC" />
}

describe('the list of steps', () => {
  beforeEach(() => {
    answering(({ url }) => json(url.pathname === '/config.json' ? CONFIG : { items: [], next_cursor: null }))
  })

  const list = (first: StepValues[], errors?: Record<string, string>) => {
    const found = { steps: first }
    renderInside(
      <List
        first={first}
        errors={errors}
        onSteps={steps => {
          found.steps = steps
        }}
      />,
    )
    return found
  }
  const always = { severities: [], urgencies: [], times: [], while: 'not_acknowledged' as const }
  const two = policyValues(policy).steps.map(step => ({ ...step, ...always }))

  test('adds a step, and opens those that something is wrong with', () => {
    const found = list(two, { 'steps.1.targets': 'Choose whom it pages' })
    expect(screen.getByText('Choose whom it pages')).toBeTruthy()
    fireEvent.click(screen.getByText('Add a step'))
    expect(found.steps.map(step => step.delay_seconds)).toEqual([0, 300, 300])
  })

  test('copies a step', async () => {
    const found = list(two)
    fireEvent.click(screen.getByLabelText('More about step 1'))
    fireEvent.click(await screen.findByText('Duplicate'))
    expect(found.steps.map(step => step.step_id)).toEqual(['one', null, 'two'])
  })

  test('takes a step out', async () => {
    const found = list(two)
    fireEvent.click(screen.getByLabelText('More about step 1'))
    fireEvent.click(await screen.findByText('Take it out'))
    expect(found.steps.map(step => step.step_id)).toEqual(['two'])
  })
})
