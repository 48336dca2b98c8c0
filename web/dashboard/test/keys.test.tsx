import { fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Incident } from '../src/screens/incidents/actions'
import { KeysModal } from '../src/screens/incidents/KeysModal'
import { useKeys } from '../src/screens/incidents/useKeys'
import { renderInside } from './rendering'

vi.mock('@tanstack/react-router', () => ({ useNavigate: () => () => undefined }))

const onMove = vi.fn()
const onHelp = vi.fn()
const incidents = [{ id: 'i1', status: 'triggered' }] as Incident[]

function List() {
  const current = useKeys({ incidents, selected: new Set(['i1']), onSelect: () => undefined, onMove, onHelp })
  return (
    <>
      <input type="checkbox" aria-label="Select" />
      <input type="text" aria-label="Find" />
      <button type="button">Acknowledge</button>
      <p>at {current ?? 'nothing'}</p>
    </>
  )
}

afterEach(() => {
  localStorage.clear()
  onMove.mockClear()
  onHelp.mockClear()
})

test('keys act after a click on a box, and not where one writes', () => {
  renderInside(<List />)
  fireEvent.keyDown(screen.getByLabelText('Select'), { key: 'a' })
  expect(onMove).toHaveBeenCalledExactlyOnceWith(['i1'], 'acknowledge')
  expect(fireEvent.keyDown(screen.getByLabelText('Find'), { key: 'r' })).toBe(true)
  expect(onMove).toHaveBeenCalledOnce()
})

test('Enter is left to the button that has the focus', () => {
  renderInside(<List />)
  fireEvent.keyDown(document.body, { key: 'j' })
  expect(screen.getByText('at i1')).toBeTruthy()
  expect(fireEvent.keyDown(screen.getByRole('button'), { key: 'Enter' })).toBe(true)
})

test.each([
  ['dialog', <dialog key="dialog" aria-modal />],
  ['menu', <div key="menu" role="menu" />],
])('keys do nothing under a %s', (_, above) => {
  renderInside(
    <>
      <List />
      {above}
    </>,
  )
  fireEvent.keyDown(document.body, { key: 'a' })
  expect(onMove).not.toHaveBeenCalled()
})

test('keys that were switched off stay off', async () => {
  const { unmount } = renderInside(<KeysModal onClose={() => undefined} />)
  fireEvent.click(await screen.findByRole('switch', { name: 'Use these keys on this device' }))
  unmount()
  renderInside(<List />)
  fireEvent.keyDown(document.body, { key: 'r' })
  fireEvent.keyDown(document.body, { key: 'j' })
  fireEvent.keyDown(document.body, { key: '?', shiftKey: true })
  expect([onMove.mock.calls, onHelp.mock.calls]).toEqual([[], []])
  expect(screen.getByText('at nothing')).toBeTruthy()
})
