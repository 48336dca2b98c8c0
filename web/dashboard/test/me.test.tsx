import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { forgetConfig } from '../src/api/config'
import { refusal } from '../src/auth/cognito'
import { begin } from '../src/auth/session'
import { awaitsCode, type Method } from '../src/screens/me/channels'
import { EmailCard } from '../src/screens/me/EmailCard'
import { PasswordCard } from '../src/screens/me/PasswordCard'
import { pathOf, uriOf } from '../src/screens/me/qr'
import { RuleSetCard } from '../src/screens/me/RuleSetCard'
import {
  copied,
  formPaths,
  moved,
  plannedOf,
  type RuleValues,
  setErrors,
  setInput,
  setValues,
  withOneMore,
} from '../src/screens/me/ruleValues'
import { goesWithIt, type RuleSet, removedWords, toldRules, warningsOf } from '../src/screens/me/ruleWords'
import { answering, CONFIG, json, withLocks } from './answering'
import { renderInside } from './rendering'

const POOL = {
  region: 'eu-west-1',
  client_id: 'client',
  endpoint: 'https://pool.example/',
  user_pool_id: 'eu-west-1_A',
}
const AT = '2026-11-22T00:00:00Z'

function method(id: string, more: Partial<Method> = {}): Method {
  return {
    id,
    user_id: 'u1',
    channel: 'email',
    label: id,
    address: `${id}@example.com`,
    created_at: AT,
    disabled_at: null,
    disabled_reason: null,
    verified_at: AT,
    verification_ends_at: null,
    ...more,
  }
}

const WORK = method('work')
const HOOK = method('hook', { channel: 'webhook', address: null })
const OFF = method('old', { disabled_at: AT, disabled_reason: 'gone' })

function rule(contact_method_id: string, delay_seconds: number | null, key = `${contact_method_id}.${delay_seconds}`) {
  return { key, contact_method_id, delay_seconds } satisfies RuleValues
}

function setOf(rules: RuleValues[], methods: Method[], more: Partial<RuleSet> = {}): RuleSet {
  return {
    user_id: 'u1',
    urgency: 'high',
    version: 3,
    is_default: false,
    updated_at: AT,
    rules: plannedOf(rules, methods),
    ...more,
  }
}

beforeEach(() => {
  forgetConfig()
  withLocks()
  sessionStorage.clear()
  begin(POOL, { accessToken: 'token', expiresIn: 900, refreshToken: 'refresh' })
})

test('rules read as a sentence, in the order of their delays', () => {
  const planned = plannedOf([rule('hook', 300), rule('work', 0), rule('hook', 0), rule('old', 60)], [WORK, HOOK, OFF])
  expect(toldRules(planned)).toBe('At once: mail to work and webhook hook. After 5 min: webhook hook.')
  expect(toldRules([])).toBe('')
})

test('it is told when nothing would reach anybody, or not for long', () => {
  const warned = (rules: RuleValues[], methods: Method[], urgency: 'high' | 'low' = 'high') =>
    warningsOf(urgency, plannedOf(rules, methods), methods).map(one => one.words)
  expect(warned([rule('work', 0)], [WORK])).toEqual([])
  expect(warned([], [])).toEqual(['Nothing is sent: no contact method is switched on.'])
  expect(warned([rule('old', 0)], [WORK, OFF])[0]).toContain('all others are paged at once')
  expect(warned([rule('old', 0), rule('work', 0)], [WORK, OFF])[0]).toContain('is passed over')
  expect(warned([rule('new', 0)], [method('new', { verified_at: null })])[0]).toContain('None of these is verified')
  expect(warned([rule('work', 1_800)], [WORK])).toEqual(['For the first 30 min nothing is sent.'])
  expect(warned([rule('work', 1_800)], [WORK], 'low')).toEqual([])
})

test('delays stay where they are when contact methods change places', () =>
  expect(
    moved([rule('a', 0), rule('b', 60), rule('c', 300)], 2, 0).map(one => [one.contact_method_id, one.delay_seconds]),
  ).toEqual([
    ['c', 0],
    ['a', 60],
    ['b', 300],
  ]))

test('one more rule takes what has none yet, five minutes after the last, and never what is off', () => {
  const more = withOneMore([rule('work', 120)], [WORK, OFF, HOOK]).at(-1)
  expect(more).toMatchObject({ contact_method_id: 'hook', delay_seconds: 420 })
  expect(withOneMore([], [OFF, WORK])).toMatchObject([{ contact_method_id: 'work', delay_seconds: 0 }])
  expect(withOneMore([rule('work', 86_400)], [WORK]).at(-1)?.delay_seconds).toBe(86_400)
  expect(withOneMore([], [OFF])).toEqual([])
})

test('rules are copied without what is off, and sent as they are written', () => {
  const set = setOf([rule('work', 0), rule('old', 60)], [WORK, OFF])
  const values = copied(set)
  expect(setInput({ rules: values })).toEqual({ rules: [{ contact_method_id: 'work', delay_seconds: 0 }] })
  expect(setValues(set).rules.map(one => one.key)).toEqual(['work.0', 'old.60'])
})

test('what is wrong is said before anybody is asked, and at the field after', () => {
  expect(setErrors({ rules: [rule('a', 0), rule('a', 0), rule('a', null), rule('a', 90_000)] })).toEqual({
    'rules.1.contact_method_id': 'The same is there already',
    'rules.2.delay_seconds': 'Say after how long; 0 is at once',
    'rules.3.delay_seconds': 'At most 24 hours',
  })
  expect(formPaths({ 'rules[1].delay_seconds': 'is 9', 'rules[0]': 'is there', rules: 'are 21' })).toEqual({
    'rules.1.delay_seconds': 'is 9',
    'rules.0.contact_method_id': 'is there',
    rules: 'are 21',
  })
})

test('what goes with a contact method is told before and after', () => {
  const sets = [
    setOf([rule('work', 0)], [WORK]),
    setOf([rule('hook', 0)], [HOOK], { urgency: 'low', is_default: true }),
  ]
  expect(goesWithIt('work', sets)).toContain('1 rule for high urgency goes with it; none is left')
  expect(goesWithIt('hook', sets)).not.toContain('rule')
  expect(
    removedWords({
      contact_method: WORK,
      rules_removed: [{ urgency: 'high', delay_seconds: 0 }],
      back_to_default: ['high'],
      pages_stopped: 2,
    }),
  ).toBe(
    'work is removed. 1 rule went with it. For high urgency all contact methods are paged at once now. 2 pages held back for it will not be sent.',
  )
})

test('a code is awaited while it can be given', () => {
  const sent = method('new', { verified_at: null, verification_ends_at: AT })
  expect(awaitsCode(sent, Date.parse(AT) - 1)).toBe(true)
  expect(awaitsCode(sent, Date.parse(AT))).toBe(false)
  expect(awaitsCode({ ...sent, verified_at: AT }, 0)).toBe(false)
})

test('an authenticator app is told whose secret it is, in a picture of squares', () => {
  expect(uriOf('ABC', 'a+b@example.com')).toBe('otpauth://totp/Tocsin%3Aa%2Bb%40example.com?secret=ABC&issuer=Tocsin')
  expect(pathOf({ size: 2, get: (row, column) => row === 1 && column === 0 })).toBe('M4 5h1v1h-1z')
})

test('refusals of the sign-in are told for what they are', () => {
  expect(refusal('NotAuthorizedException', 'Incorrect username or password.').message).toContain('password')
  expect(refusal('NotAuthorizedException', 'Access Token does not have required scopes').message).toContain('provider')
  expect(refusal('NotAuthorizedException', 'Access Token has been revoked').message).toContain('sign in again')
})

test('rules are saved in the version that was read, and an earlier one of others is not written over', async () => {
  const set = setOf([rule('work', 0)], [WORK, HOOK])
  const asked = answering(({ url, method: verb }) => {
    if (url.pathname === '/config.json') return json(CONFIG)
    return verb === 'PUT'
      ? json({ code: 'stale_version', detail: 'The rules are at version 4 by now.' }, 412)
      : json({})
  })
  renderInside(<RuleSetCard set={set} other={undefined} methods={[WORK, HOOK]} />)
  await userEvent.click(screen.getByText('Change'))
  await userEvent.click(screen.getByText('Add a rule'))
  expect(screen.getByText('At once: mail to work. After 5 min: webhook hook.')).toBeTruthy()
  await userEvent.click(screen.getByText('Save'))
  await waitFor(() => expect(screen.getByText('Somebody else saved meanwhile')).toBeTruthy())
  const sent = asked.find(one => one.method === 'PUT')
  expect(sent?.headers.get('if-match')).toBe('"3"')
  expect(sent?.body).toEqual({
    rules: [
      { contact_method_id: 'work', delay_seconds: 0 },
      { contact_method_id: 'hook', delay_seconds: 300 },
    ],
  })
})

test('a viewer changes no rules', () => {
  renderInside(<RuleSetCard set={setOf([rule('work', 0)], [WORK])} other={undefined} methods={[WORK]} />, {
    role: 'viewer',
  })
  expect(screen.getByText('Change').closest('button')?.disabled).toBe(true)
})

test('another address takes the code that is mailed to it', async () => {
  const asked = answering(({ headers }) =>
    json(headers.get('x-amz-target')?.endsWith('UpdateUserAttributes') ? { CodeDeliveryDetailsList: [{}] } : {}),
  )
  renderInside(<EmailCard email="old@example.com" refused={null} />)
  await userEvent.click(screen.getByText('Change…'))
  await userEvent.type(screen.getByLabelText('New e-mail address'), 'new@example.com')
  await userEvent.click(screen.getByText('Mail me a code'))
  await userEvent.type(await screen.findByLabelText('Code'), '123456')
  await userEvent.click(screen.getByText('Confirm it'))
  await waitFor(() =>
    expect(asked.find(one => one.headers.get('x-amz-target')?.endsWith('VerifyUserAttribute'))?.body).toEqual({
      AccessToken: 'token',
      AttributeName: 'email',
      Code: '123456',
    }),
  )
})

test('a wrong password is told at its field', async () => {
  answering(() => json({ __type: 'NotAuthorizedException', message: 'Incorrect username or password.' }, 400))
  renderInside(<PasswordCard />)
  await userEvent.click(screen.getByText('Change…'))
  await userEvent.type(screen.getByLabelText('Password now'), 'not the password')
  await userEvent.type(screen.getByLabelText('New password'), 'a few words do well')
  await userEvent.click(screen.getByText('Change the password'))
  await waitFor(() => expect(screen.getByText('That is not your password.')).toBeTruthy())
})
