/** A card for one thing that can be done to the organization: what it is, and the button beside it. */
import { Card, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Section.module.css'

interface Properties {
  title: string
  action?: ReactNode
  children: ReactNode
}

export function Section({ title, action, children }: Properties) {
  return (
    <Card>
      <div className={classes.section}>
        <div className={classes.words}>
          <h2 className={classes.title}>{title}</h2>
          <Text size="sm" c="dimmed" component="div">
            {children}
          </Text>
        </div>
        {action}
      </div>
    </Card>
  )
}
