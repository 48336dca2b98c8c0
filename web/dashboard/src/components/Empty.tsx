/** What is shown where there is nothing yet: what it would be good for, and one thing to do. */
import { Stack, Text, Title } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './Empty.module.css'

interface Properties {
  icon: TablerIcon
  title: string
  children: ReactNode
  /** One button or link. */
  action?: ReactNode
}

export function Empty({ icon: Icon, title, children, action }: Properties) {
  return (
    <Stack align="center" gap="xs" className={classes.empty}>
      <span className={classes.icon}>
        <Icon size={28} stroke={1.6} aria-hidden />
      </span>
      <Title order={2} size="h3">
        {title}
      </Title>
      <Text c="dimmed" ta="center" className={classes.words}>
        {children}
      </Text>
      {action}
    </Stack>
  )
}
