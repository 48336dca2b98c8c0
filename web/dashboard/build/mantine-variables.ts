/** Writes Mantine's variables and visibility classes as a static style sheet, since at run time it would inject them. */
import { convertCssVariables, DEFAULT_THEME, mergeMantineTheme, px } from '@mantine/core'
import type { Plugin } from 'vite'
import { cssVariables, theme } from '../src/app/theme.ts'

const NAME = 'virtual:mantine-variables.css'
const RESOLVED = `\0${NAME}`

/** The style sheet: what `MantineCssVariables` and `MantineClasses` would have put into `<style>` elements. */
export function mantineVariables(): string {
  const whole = mergeMantineTheme(DEFAULT_THEME, theme)
  const classes = Object.entries(whole.breakpoints).map(([name, width]) => {
    const edge = px(width) as number
    return (
      `@media (max-width: ${(edge - 0.1) / 16}em) { .mantine-visible-from-${name} { display: none !important } }\n` +
      `@media (min-width: ${edge / 16}em) { .mantine-hidden-from-${name} { display: none !important } }`
    )
  })
  return `${convertCssVariables(cssVariables(whole), ':root')}\n${classes.join('\n')}`
}

/** Serves it as `virtual:mantine-variables.css`. */
export function mantineVariablesPlugin(): Plugin {
  return {
    name: 'mantine-variables',
    resolveId: id => (id === NAME ? RESOLVED : undefined),
    load: id => (id === RESOLVED ? mantineVariables() : undefined),
  }
}
