/** One report: heading, what it is about, its controls, its export, and what it tells. */
import { Card, Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './ReportCard.module.css'

interface Properties {
  id: string
  title: string
  text: ReactNode
  controls?: ReactNode
  children: ReactNode
}

export function ReportCard({ id, title, text, controls, children }: Properties) {
  return (
    <Card component="section" aria-labelledby={id}>
      <div className={classes.head}>
        <Title order={2} size="h3" id={id}>
          {title}
        </Title>
        {controls && (
          <Group gap="xs" className={classes.controls}>
            {controls}
          </Group>
        )}
      </div>
      <Text size="sm" c="dimmed" mb="md">
        {text}
      </Text>
      {children}
    </Card>
  )
}

/** The figures of a chart, for who can't see it or wants them exactly. */
export function Figures({ children }: { children: ReactNode }) {
  return (
    <details className={classes.figures}>
      <summary>The figures as a table</summary>
      {children}
    </details>
  )
}

/** What may be wider than the screen, and is reached by keyboard. */
export function Scrolling({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={classes.scroll} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
