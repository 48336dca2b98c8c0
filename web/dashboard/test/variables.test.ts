import { expect, test } from 'vitest'
import { mantineVariables } from '../build/mantine-variables'
import { theme } from '../src/app/theme'

function luminance(hex: string): number {
  const channels = [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [r = 0, g = 0, b = 0] = channels.map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

test('the static sheet has the variables of both schemes, and the classes that hide', () => {
  const sheet = mantineVariables()
  expect(sheet).toContain(':root[data-mantine-color-scheme="dark"]{')
  expect(sheet).toContain('--mantine-color-body: var(--page)')
  expect(sheet).toContain('.mantine-visible-from-sm')
  expect(sheet).not.toMatch(/undefined|NaN/)
})

test.each(Object.entries(theme.colors ?? {}))('white can be read on what is filled with %s', (name, shades) => {
  if (name === 'gray' || name === 'dark') return
  for (const at of [6, 7]) {
    const shade = shades?.[at] ?? ''
    expect(1.05 / (luminance(shade) + 0.05), `${name} ${at}`).toBeGreaterThanOrEqual(4.5)
  }
})
