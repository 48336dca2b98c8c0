import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Problem } from '../src/api/problem'
import type { Model } from '../src/api/types'
import { MonitorForm } from '../src/screens/monitors/editor/MonitorForm'
import { newValues } from '../src/screens/monitors/editor/values'
import { answering, CONFIG, json } from './answering'
import { renderInside } from './rendering'

/** Hundreds of fields are drawn anew with each letter, which takes a busy machine its time. */
const SLOW = { timeout: 30_000 }

function show(onSave: (input: Model<'MonitorInput'>) => Promise<unknown>) {
  answering(({ url }) => (url.pathname === '/config.json' ? json(CONFIG) : json({ items: [], next_cursor: null })))
  localStorage.setItem('tocsin.session', JSON.stringify({ refreshToken: 'r', endpoint: null, clientId: 'c' }))
  renderInside(
    <MonitorForm
      values={newValues('http', 'UTC', 's1')}
      draft="monitor.new"
      why={null}
      label="Start watching"
      onSave={onSave}
      onCancel={() => undefined}
    />,
  )
}

test('what the API refuses is said at its field', SLOW, async () => {
  const found: Model<'MonitorInput'>[] = []
  show(input => {
    found.push(input)
    const fields = [
      { field: 'spec.url', reason: 'must begin with http:// or https://' },
      { field: 'spec.assertions.0.codes.0', reason: 'must be a status, like 200' },
    ]
    return Promise.reject(new Problem(422, 'invalid', 'Two fields are wrong.', fields as Problem['fields']))
  })
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'shop' } })
  fireEvent.change(screen.getByLabelText('URL'), { target: { value: 'ftp://shop.example.com' } })
  fireEvent.click(screen.getByRole('button', { name: 'Start watching' }))
  await waitFor(() => expect(screen.getByText('must begin with http:// or https://')).toBeTruthy())
  expect(screen.getByText('must be a status, like 200')).toBeTruthy()
  expect(found[0]).toMatchObject({ name: 'shop', spec: { kind: 'http', url: 'ftp://shop.example.com' } })
})

test('what stands in double braces asks for its secret, which is sent and not kept', SLOW, async () => {
  const found: Model<'MonitorInput'>[] = []
  show(async input => {
    found.push(input)
  })
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'shop' } })
  fireEvent.change(screen.getByLabelText('URL'), { target: { value: 'https://shop.example.com/?k={{key}}' } })
  fireEvent.change(screen.getByLabelText('key'), { target: { value: 'hunter2' } })
  window.dispatchEvent(new Event('pagehide'))
  expect(JSON.stringify(sessionStorage)).toContain('{{key}}')
  expect(JSON.stringify(sessionStorage)).not.toContain('hunter2')
  fireEvent.click(screen.getByRole('button', { name: 'Start watching' }))
  await waitFor(() => expect(found[0]?.secrets).toEqual({ key: 'hunter2' }))
})
