import { useForm } from '@mantine/form'
import { act, renderHook, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { forgetConfig } from '../src/api/config'
import { OrganizationProvider } from '../src/app/organization'
import { begin as beginSession, end } from '../src/auth/session'
import { forgetDrafts } from '../src/components/drafts'
import { forgetShown, shownOnce } from '../src/components/shownOnce'
import { useBegun } from '../src/components/useBegun'
import { useDraft } from '../src/components/useDraft'
import { withSecretsOf } from '../src/screens/monitors/editor/secrets'
import { type MonitorValues, newValues } from '../src/screens/monitors/editor/values'
import { TeamModal } from '../src/screens/people/TeamModal'
import { GeneralForm } from '../src/screens/settings/GeneralForm'
import { GroupModal } from '../src/screens/status-pages/GroupModal'
import type { Report, StatusPage } from '../src/screens/status-pages/queries'
import { UpdateForm } from '../src/screens/status-pages/UpdateForm'
import { answering, CONFIG, json, withLocks } from './answering'
import { ORGANIZATION, renderInside } from './rendering'

interface Thing {
  name: string
  version: number
}

const valuesOf = ({ name }: Thing) => ({ name })

function useEditor({ current }: { current: Thing }) {
  const form = useForm({ initialValues: valuesOf(current) })
  const { begun, begin } = useBegun(current, form, valuesOf, () => draft.forget())
  const draft = useDraft('thing.1', form, begun.version)
  return { form, begin, version: draft.version }
}

const PLACE = { id: ORGANIZATION, name: 'Acme', role: 'admin', teams: [], deletesAt: null, isDemo: false } as const

/** Within an organization, as somebody. */
function within({ id = ORGANIZATION, userId = 'u1' }: { id?: string; userId?: string | null } = {}) {
  return ({ children }: { children: ReactNode }) => (
    <OrganizationProvider place={{ ...PLACE, teams: [], id, userId }}>{children}</OrganizationProvider>
  )
}

const edit = (current: Thing, place?: Parameters<typeof within>[0]) =>
  renderHook(useEditor, { initialProps: { current }, wrapper: within(place) })
const leave = () => act(() => window.dispatchEvent(new Event('pagehide')))

const POOL = {
  region: 'eu-west-1',
  client_id: 'client',
  endpoint: 'https://pool.example/',
  user_pool_id: 'eu-west-1_A',
}

beforeEach(() => {
  sessionStorage.clear()
  forgetConfig()
  withLocks()
  beginSession(POOL, { accessToken: 'token', expiresIn: 900, refreshToken: 'refresh' })
})

test('what was typed before a reload is there after it, with the version that its writer has read', () => {
  const before = edit({ name: 'shop', version: 3 })
  act(() => before.result.current.form.setValues({ name: 'store' }))
  leave()
  before.unmount()
  const after = edit({ name: 'their shop', version: 4 })
  expect(after.result.current.form.getValues()).toEqual({ name: 'store' })
  expect(after.result.current.version).toBe(3)
  act(() => after.result.current.begin({ name: 'their shop', version: 4 }))
  expect(after.result.current.form.getValues()).toEqual({ name: 'their shop' })
  expect(after.result.current.version).toBe(4)
  expect(sessionStorage.length).toBe(0)
})

test('a form follows what others save until something is typed', () => {
  const { result, rerender } = edit({ name: 'shop', version: 3 })
  rerender({ current: { name: 'store', version: 4 } })
  expect(result.current.form.getValues()).toEqual({ name: 'store' })
  act(() => result.current.form.setValues({ name: 'mine' }))
  rerender({ current: { name: 'theirs', version: 5 } })
  expect(result.current.form.getValues()).toEqual({ name: 'mine' })
  expect(result.current.version).toBe(4)
})

test('nothing is kept of a form that nobody has filled', () => {
  edit({ name: 'shop', version: 3 })
  leave()
  expect(sessionStorage.length).toBe(0)
})

test('a draft goes once what was typed is undone', () => {
  const { result } = edit({ name: 'shop', version: 3 })
  act(() => result.current.form.setFieldValue('name', 'store'))
  leave()
  expect(sessionStorage.length).toBe(1)
  act(() => result.current.form.setFieldValue('name', 'shop'))
  leave()
  expect(sessionStorage.length).toBe(0)
})

test.each([
  ['in another organization', { id: '00000000-0000-4000-8000-000000000002' }],
  ['by somebody else', { userId: 'u2' }],
])('a draft is not found %s', (_, place) => {
  const before = edit({ name: 'shop', version: 3 })
  act(() => before.result.current.form.setValues({ name: 'store' }))
  leave()
  before.unmount()
  expect(edit({ name: 'shop', version: 3 }, place).result.current.form.getValues()).toEqual({ name: 'shop' })
})

test('all drafts go with the session, and none is written after it', async () => {
  answering(() => json({}))
  const { result } = edit({ name: 'shop', version: 3 })
  act(() => result.current.form.setValues({ name: 'store' }))
  leave()
  sessionStorage.setItem('tocsin.reloaded', '1')
  forgetDrafts()
  expect(Object.keys(sessionStorage)).toEqual(['tocsin.reloaded'])
  await end()
  leave()
  expect(Object.keys(sessionStorage)).toEqual(['tocsin.reloaded'])
})

function useMonitorForm({ begun }: { begun: MonitorValues }) {
  const form = useForm<MonitorValues>({ initialValues: begun })
  useDraft('monitor.1', form, 1, withSecretsOf)
  return form
}

test('a draft of a monitor holds no secret, and leaves those that it has as they are', () => {
  const begun = newValues('http', 'UTC', null)
  const saved = { key: 'saved.0', name: 'X-Key', value: 'theirs' }
  begun.specs.http.headers = [saved]
  const monitor = () => renderHook(useMonitorForm, { initialProps: { begun }, wrapper: within() })
  const before = monitor()
  const { http } = begun.specs
  const typed = [
    { ...saved, name: 'X-Api-Key', value: 'typed-secret' },
    { key: 'b', name: 'Authorization', value: 'Bearer {{token}}' },
    { key: 'c', name: 'Cookie', value: 'typed-cookie' },
  ]
  const auth = { type: 'basic' as const, username: 'probe', password: 'typed-password', token: 'typed-token' }
  act(() =>
    before.result.current.setValues({
      name: 'Shop',
      specs: { ...begun.specs, http: { ...http, headers: typed, auth } },
    }),
  )
  leave()
  expect(JSON.stringify({ ...sessionStorage })).not.toMatch(/typed-|theirs/)
  before.unmount()
  const { name, specs } = monitor().result.current.getValues()
  expect(name).toBe('Shop')
  expect(specs.http.headers.map(one => one.value)).toEqual(['theirs', 'Bearer {{token}}', ''])
  expect(specs.http.auth).toEqual({ ...auth, password: '{{password}}', token: '{{token}}' })
})

test('what is shown once is forgotten with the session', () => {
  const { keep, useFresh } = shownOnce()
  const { result } = renderHook(() => useFresh('a'))
  act(() => keep('a', 'secret'))
  expect(result.current).toBe('secret')
  act(forgetShown)
  expect(result.current).toBeUndefined()
})

const PAGE = { id: 'p1' } as StatusPage
const TEAM = { id: 't1', name: 'Theirs', version: 4 }
const GROUP = { id: 'g1', name: 'Theirs', description: '', is_collapsed: false, position: 0, version: 4 }
const ORG = { id: ORGANIZATION, name: 'Theirs', fallback_email: null, version: 4 }
const REPORT = { id: 'r1', kind: 'incident', status: 'investigating', version: 4 } as Report

const close = () => undefined
const FORMS = [
  {
    what: 'a team',
    draft: ['team.t1', { name: 'Mine' }],
    form: <TeamModal team={TEAM as never} isOpen onClose={close} />,
    theirs: TEAM,
    label: 'Name',
    button: 'Save',
    after: 'Theirs',
  },
  {
    what: 'a group of components',
    draft: ['component-group.g1', { name: 'Mine', description: '', is_collapsed: false }],
    form: <GroupModal page={PAGE} id="g1" groups={[GROUP as never]} onClose={close} />,
    theirs: { items: [GROUP] },
    label: 'Name',
    button: 'Save',
    after: 'Theirs',
  },
  {
    what: 'the organization',
    draft: [`organization.${ORGANIZATION}`, { name: 'Mine', fallback_email: '' }],
    form: <GeneralForm organization={ORG as never} />,
    theirs: ORG,
    label: 'Name',
    button: 'Save',
    after: 'Theirs',
  },
  {
    what: 'an update, whose words are kept',
    draft: ['update.r1', { body: 'Mine', status: 'identified', components: [], tells_subscribers: true }],
    form: <UpdateForm report={REPORT} page={PAGE} />,
    theirs: REPORT,
    label: 'Text',
    button: 'Publish the update',
    after: 'Mine',
  },
] as const

test.each(FORMS)('after a reload what others saved is not overwritten: $what', async one => {
  const { draft, form, theirs, label, button, after } = one
  const [key, values] = draft
  sessionStorage.setItem(`tocsin.draft.nobody.${ORGANIZATION}.${key}`, JSON.stringify({ values, version: 3 }))
  const asked = answering(({ url, method }) => {
    if (url.pathname === '/config.json') return json(CONFIG)
    if (method !== 'GET') return json({ error: { code: 'precondition_failed', message: 'It has changed.' } }, 412)
    return json(/components$|counts$/.test(url.pathname) ? { items: [] } : theirs)
  })
  const sent = () => asked.filter(({ url, method }) => method !== 'GET' && url.pathname.startsWith('/v1/'))
  const versions = () => sent().map(({ headers }) => headers.get('if-match'))
  renderInside(form)
  const field = () => screen.findByLabelText<HTMLInputElement>(label)
  expect((await field()).value).toBe('Mine')
  await userEvent.click(screen.getByRole('button', { name: button }))
  await userEvent.click(await screen.findByRole('button', { name: 'Load what they saved' }))
  await waitFor(async () => expect((await field()).value).toBe(after))
  await waitFor(() => expect(screen.queryByText('Somebody else saved meanwhile')).toBeNull())
  await userEvent.type(await field(), '!')
  await userEvent.click(screen.getByRole('button', { name: button }))
  await waitFor(() => expect(versions()).toEqual(['"3"', '"4"']))
})
