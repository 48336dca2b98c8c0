import { useForm } from '@mantine/form'
import { act, renderHook, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { forgetConfig } from '../src/api/config'
import { begin as beginSession } from '../src/auth/session'
import { useBegun } from '../src/components/useBegun'
import { useDraft } from '../src/components/useDraft'
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

const edit = (current: Thing) => renderHook(useEditor, { initialProps: { current } })
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
  sessionStorage.setItem(`tocsin.draft.${key}`, JSON.stringify({ values, version: 3 }))
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
