import { expect, test } from 'vitest'
import type { Model } from '../src/api/types'
import { actionWords } from '../src/screens/event-rules/actionWords'
import { decisionWords } from '../src/screens/event-rules/decisionWords'
import { errorsOf, inputOf, newRule, valuesOf, wrongRules } from '../src/screens/event-rules/ruleValues'
import { lineOf, matchedRules } from '../src/screens/event-rules/trace'
import { exampleOf, inputOfExample, labelsOf, NO_EXAMPLE } from '../src/screens/event-rules/tryValues'

const SERVICE = '0197aaaa-0000-7000-8000-000000000001'
const POLICY = '0197aaaa-0000-7000-8000-000000000002'
const NAMES = { services: new Map([[SERVICE, 'payments']]), policies: new Map([[POLICY, 'nights']]) }

const SAVED: Model<'EventRules'> = {
  service_id: null,
  version: 7,
  time_zone: 'Europe/Berlin',
  updated_at: null,
  updated_by: null,
  rules: [
    {
      rule_id: '0197aaaa-0000-7000-8000-00000000000a',
      name: 'payments',
      condition: "labels.team == 'payments'",
      continues: true,
      actions: {
        service_id: SERVICE,
        policy_id: null,
        severity: null,
        urgency: 'low',
        suppress: false,
        hold_seconds: 300,
        group: { by: ['cluster'], window_seconds: 600 },
      },
    },
    {
      rule_id: '0197aaaa-0000-7000-8000-00000000000b',
      name: 'rest',
      condition: null,
      continues: false,
      actions: { suppress: true },
    },
  ],
}

test('rules go through the editor unchanged', () => {
  const [first, second] = inputOf(valuesOf(SAVED)).rules
  expect(first).toEqual(SAVED.rules[0])
  expect(second).toMatchObject({ name: 'rest', condition: null, actions: { suppress: true, group: null } })
})

test('a rule of an older version that is no more becomes a new one', () => {
  const known = new Set(['0197aaaa-0000-7000-8000-00000000000a'])
  expect(valuesOf(SAVED, known).rules.map(one => one.rule_id)).toEqual(['0197aaaa-0000-7000-8000-00000000000a', null])
})

test('problems of saving and of trying come to the fields of the editor', () => {
  const errors = errorsOf([
    { field: 'rules.0.condition', reason: 'can’t be read' },
    { field: 'rules.1.actions.hold_seconds', reason: 'is 0' },
    { field: 'rules.rules.1.actions.group.window_seconds', reason: 'is 5' },
    { field: 'rules.1.actions.group.by', reason: 'must be' },
    { field: 'rules.1.actions.group.by.0', reason: 'is empty' },
    { field: 'time_zone', reason: 'is none' },
  ])
  expect(errors).toEqual({
    'rules.0.condition': 'can’t be read',
    'rules.1.hold_seconds': 'is 0',
    'rules.1.group_window_seconds': 'is 5',
    'rules.1.group_by': 'must be; is empty',
    time_zone: 'is none',
  })
  expect([...wrongRules(errors)]).toEqual([0, 1])
})

test('what a rule does is told in words', () => {
  const rule = newRule({ service_id: SERVICE, policy_id: POLICY, hold_seconds: 300, suppress: true, isGrouped: true })
  expect(actionWords(rule, NAMES)).toEqual([
    'pages nobody',
    'goes to the service payments',
    'escalates by nights',
    'pages only if still open after 5 min',
    'joins alerts that it matches into one incident for 15 min',
  ])
  expect(actionWords(newRule(), NAMES)).toEqual([])
})

test('a trace names rules, versions, and what is known by a name', () => {
  const names = new Map([...NAMES.services, ...NAMES.policies])
  const line = {
    decision: 'rule_matched',
    rules_of: 'organization',
    version: 3,
    rule: 'payments',
    reason: 'its condition holds',
    does: [`routes to service ${SERVICE}`, 'sets urgency low'],
  }
  expect(lineOf(line, names)).toEqual({
    decision: 'rule_matched',
    says: 'A rule matched: payments (the organization’s rules, version 3)',
    reason: 'its condition holds; it routes to service payments, sets urgency low',
    tone: 'matched',
  })
  expect(lineOf({ decision: 'something_new', reason: 'who knows' }, names).says).toBe('something new')
  expect(matchedRules([line, { decision: 'muted' }])).toEqual(['payments'])
})

test('a decision is told in words', () => {
  const decision: Model<'EventDecision'> = {
    service_id: SERVICE,
    policy_id: POLICY,
    severity: 'error',
    urgency: 'low',
    muted_by: null,
    muted_until: null,
    hold_seconds: 60,
    group_key: 'a:b',
    trace: [],
  }
  expect(decisionWords(decision, NAMES)).toEqual([
    'It opens an incident of payments.',
    'It pages by nights.',
    'Its urgency is low.',
    'It pages only if it is still open after 1 min.',
    'It joins an open incident of its group, if there is one.',
  ])
  expect(decisionWords({ ...decision, muted_by: 'rule:x' }, NAMES)).toContain('It pages nobody: a rule suppresses it.')
})

test('labels are lines, and an event makes an example', () => {
  expect(labelsOf('team=payments\n\n url = http://x/?a=b \nbare')).toEqual({
    team: 'payments',
    url: 'http://x/?a=b',
    bare: '',
  })
  const event = { summary: null, severity: 'odd', source: 'db-1', labels: { team: 'a\nb' } } as unknown
  const example = exampleOf(event as Model<'TracedEvent'>)
  expect(example).toEqual({ summary: '', severity: 'error', source: 'db-1', labels: 'team=a b' })
  expect(inputOfExample({ ...NO_EXAMPLE, ...example })).toMatchObject({ summary: null, labels: { team: 'a b' } })
  expect(inputOfExample({ ...NO_EXAMPLE, summary: 'x'.repeat(10_000) }).summary).toHaveLength(1_000)
})
