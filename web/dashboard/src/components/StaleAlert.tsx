/** Said when somebody else has saved meanwhile: what one has typed stays until one reads theirs. */
import { Alert, Button, Group } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { describe, isStale } from '../api/problem'

export function StaleAlert({ error, onReload }: { error: unknown; onReload: () => void }) {
  if (!isStale(error)) return null
  return (
    <Alert role="alert" color="yellow" icon={<IconUsers aria-hidden />} title="Somebody else saved meanwhile">
      {describe(error)} Nothing of yours has been saved. Copy what you want to keep, then load theirs and change that.
      <Group mt="sm">
        <Button size="xs" variant="default" onClick={onReload}>
          Load what they saved
        </Button>
      </Group>
    </Alert>
  )
}
