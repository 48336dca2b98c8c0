/** An error as an alert: what happened, what to do, and another try. */
import { Alert, Button, Text } from '@mantine/core'
import { IconAlertCircle, IconCloudOff } from '@tabler/icons-react'
import { describe, Problem, titleOf, Unreachable } from '../api/problem'

export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (!error) return null
  const isAway = error instanceof Unreachable
  const id = error instanceof Problem && error.status >= 500 ? error.requestId : null
  return (
    <Alert
      role="alert"
      color={isAway ? 'yellow' : 'red'}
      icon={isAway ? <IconCloudOff aria-hidden /> : <IconAlertCircle aria-hidden />}
      title={titleOf(error)}
    >
      {describe(error)}
      {id && (
        <Text size="xs" mt={4} c="dimmed">
          Request {id}
        </Text>
      )}
      {onRetry && (
        <div>
          <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </Alert>
  )
}
