/** The theme: one accent, the status colours of web/status/status.css, system type, steps of 8 px. */
import {
  type CSSVariablesResolver,
  createTheme,
  defaultCssVariablesResolver,
  type MantineColorsTuple,
  type MantineTheme,
} from '@mantine/core'

/** Shade 7 is filled in light, 6 in dark; white on either has at least 4.5:1. */
const indigo: MantineColorsTuple = [
  '#eef2ff',
  '#dfe6ff',
  '#bccaff',
  '#93a8ff',
  '#7490fb',
  '#5b7af2',
  '#4263e6',
  '#2a4fd0',
  '#2342b0',
  '#1b3489',
]
const red: MantineColorsTuple = [
  '#fff1f1',
  '#fde9ea',
  '#f9c9cc',
  '#ff8a90',
  '#f4565f',
  '#e63f4c',
  '#d32434',
  '#c01c2b',
  '#b01825',
  '#8c101b',
]
const orange: MantineColorsTuple = [
  '#fff5ee',
  '#fdeee3',
  '#f9cfb4',
  '#ff9f66',
  '#f07f3c',
  '#dd5b12',
  '#bf4a08',
  '#b54607',
  '#a53f05',
  '#7c2e02',
]
const yellow: MantineColorsTuple = [
  '#fffaec',
  '#fdf3dc',
  '#f7dfa4',
  '#f0c25c',
  '#dca52a',
  '#b97a06',
  '#946000',
  '#8a5900',
  '#7a4f00',
  '#5c3b00',
]
const green: MantineColorsTuple = [
  '#effaf4',
  '#e6f5ec',
  '#b9e4cc',
  '#5fd49b',
  '#2fb576',
  '#1a9a5a',
  '#0f7f48',
  '#0e7642',
  '#0d6b3b',
  '#084d2a',
]
const blue: MantineColorsTuple = [
  '#f1f6fe',
  '#e8f0fd',
  '#c2d8fa',
  '#8ab8ff',
  '#5c9bf5',
  '#3f82ea',
  '#2f6fdb',
  '#2561c6',
  '#1c53b0',
  '#123c84',
]
/** Mantine draws cards in 6 and the page in 7. */
const gray: MantineColorsTuple = [
  '#f8f9fb',
  '#edeff2',
  '#e8ebef',
  '#dfe3e9',
  '#c4cad4',
  '#8b93a1',
  '#667080',
  '#545d6b',
  '#3a424e',
  '#252b35',
]
const dark: MantineColorsTuple = [
  '#e9ecf1',
  '#c3cad5',
  '#a0a9b7',
  '#7d8797',
  '#2f3641',
  '#252b34',
  '#171b22',
  '#0d1015',
  '#0a0d11',
  '#07090c',
]

/** Their headers would be banners of the page, which has one. */
const DIALOG = {
  lockScroll: false,
  closeButtonProps: { 'aria-label': 'Close' },
  attributes: { header: { role: 'none' } },
}
const STATUS_COLORS = ['red', 'orange', 'yellow', 'green', 'blue'] as const

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 6 },
  colors: { indigo, red, orange, yellow, green, blue, gray, dark },
  black: '#14181f',
  white: '#ffffff',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
      h4: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Their scroll lock would inject a <style>; app.css locks by :has() instead.
    Modal: { defaultProps: { ...DIALOG, radius: 'lg', centered: true } },
    Drawer: { defaultProps: DIALOG },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: false } } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end' } },
    Card: { defaultProps: { withBorder: true, radius: 'lg', padding: 'md' } },
    Paper: { defaultProps: { radius: 'lg' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 600 } },
    Table: { defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md' } },
  },
})

function schemeVariables(scheme: 'light' | 'dark'): Record<string, string> {
  const found: Record<string, string> = {
    '--mantine-color-body': 'var(--page)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-bright': 'var(--text)',
    '--mantine-color-dimmed': 'var(--soft)',
    '--mantine-color-placeholder': 'var(--faint)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--red-ink)',
    '--mantine-color-success': 'var(--green-ink)',
    '--mantine-color-default': 'var(--card)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--edge)',
    '--mantine-color-indigo-light': 'var(--accent-wash)',
    '--mantine-color-indigo-light-color': 'var(--accent)',
    '--mantine-color-indigo-text': 'var(--accent)',
    '--mantine-color-gray-light': 'var(--grey-wash)',
    '--mantine-color-gray-light-color': 'var(--grey-ink)',
    '--mantine-color-gray-text': 'var(--grey-ink)',
    '--mantine-color-scheme': scheme,
  }
  for (const name of STATUS_COLORS) {
    found[`--mantine-color-${name}-light`] = `var(--${name}-wash)`
    found[`--mantine-color-${name}-light-hover`] = `var(--${name}-wash)`
    found[`--mantine-color-${name}-light-color`] = `var(--${name}-ink)`
    found[`--mantine-color-${name}-text`] = `var(--${name}-ink)`
    found[`--mantine-color-${name}-outline`] = `var(--${name}-ink)`
  }
  return found
}

/** Mantine's colours that are none of ours: nothing may be drawn in them, so their variables are not sent. */
const FOREIGN = /-color-(pink|grape|violet|cyan|teal|lime)-/

function ours(variables: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !FOREIGN.test(name)))
}

/** Mantine's own variables, those that differ leading to the tokens of tokens.css. */
export const cssVariables: CSSVariablesResolver = (whole: MantineTheme) => {
  const made = defaultCssVariablesResolver(whole)
  return {
    variables: ours(made.variables),
    light: { ...ours(made.light), ...schemeVariables('light') },
    dark: { ...ours(made.dark), ...schemeVariables('dark') },
  }
}
