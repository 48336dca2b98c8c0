/** A part of a form under its own heading. */
import { Card, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

export function Section({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  return (
    <Card component="section">
      <Title order={2} size="h4">
        {title}
      </Title>
      {about && (
        <Text size="sm" c="dimmed">
          {about}
        </Text>
      )}
      <Stack gap="md" mt="sm">
        {children}
      </Stack>
    </Card>
  )
}
