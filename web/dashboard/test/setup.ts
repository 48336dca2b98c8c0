/** What jsdom lacks and Mantine asks for. */
import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach, vi } from 'vitest'

class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}

vi.stubGlobal('ResizeObserver', Observer)
window.matchMedia ??= (query: string) =>
  ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList
Object.defineProperty(document, 'fonts', { value: { addEventListener() {}, removeEventListener() {} } })
window.HTMLElement.prototype.scrollIntoView = () => undefined

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', Observer)
  localStorage.clear()
  sessionStorage.clear()
})

afterEach(cleanup)
