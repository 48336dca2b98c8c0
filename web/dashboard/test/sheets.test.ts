import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '..', 'src')
const MANTINE = join(import.meta.dirname, '..', '..', '..', 'node_modules', '@mantine', 'core', 'styles')
/** Put <style> elements into the page, which the Content-Security-Policy refuses; see README.md. */
const INJECTING = ['AppShell', 'Grid', 'SimpleGrid', 'ColorSchemeScript', 'InlineStyles']

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(name => /\.tsx?$/.test(name) && !name.endsWith('schema.d.ts'))
  .map(name => [name, readFileSync(join(SRC, name), 'utf8')] as const)

function imported(text: string): string[] {
  const found = text.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)
  return [...found].flatMap(([, names = '']) => names.split(',').map(name => name.replace(/\btype\b/, '').trim()))
}

test('every Mantine component that is used has its style sheet', () => {
  const sheets = sources.map(([, text]) =>
    [...text.matchAll(/@mantine\/core\/styles\/(\w+)\.layer\.css/g)].map(([, n]) => n),
  )
  const known = new Set(sheets.flat())
  const missing = sources.flatMap(([file, text]) =>
    imported(text)
      .filter(name => existsSync(join(MANTINE, `${name}.layer.css`)) && !known.has(name))
      .map(name => `${name} in ${file}: add it to src/app/sheets.ts`),
  )
  expect(missing).toEqual([])
})

test('nothing is used that puts a <style> element into the page', () => {
  const found = sources.flatMap(([file, text]) => [
    ...imported(text)
      .filter(name => INJECTING.includes(name))
      .map(name => `${name} in ${file}`),
    ...[...text.matchAll(/\b(\w+)=\{\{ base:/g)].map(([, name]) => `the responsive ${name} in ${file}`),
    ...(/useMantineColorScheme\(\)/.test(text) ? [`${file}: useMantineColorScheme without keepTransitions`] : []),
  ])
  expect(found).toEqual([])
})
