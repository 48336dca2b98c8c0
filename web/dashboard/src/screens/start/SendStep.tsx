/** The third step: an event as a tool would send it. */
import { Button, Group, Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Time } from '../../components/Time'
import { useWhyNot, WhyNot } from '../../components/WhyNot'

interface Properties {
  integration: Model<'Integration'>
  /** When the last one was sent. */
  sentAt: string | undefined
  /** Whether another one would open an incident of its own. */
  mayAgain: boolean
  onSent: (event: string) => void
}

export function SendStep({ integration, sentAt, mayAgain, onSent }: Properties) {
  const api = useApi()
  const why = useWhyNot('admin')
  const send = useMutation({
    mutationFn: () =>
      api.post('/v1/integrations/{integration_id}/test', {
        path: { integration_id: integration.id },
        body: { action: 'trigger', severity: 'critical' },
      }),
    onSuccess: ({ event_id: id }) => onSent(id),
  })
  return (
    <>
      <Text size="sm">
        {sentAt ? (
          <>
            It was sent <Time at={sentAt} />.
          </>
        ) : (
          'A critical event comes in as from a tool of yours, and pages you for real. Have your inbox at hand.'
        )}
      </Text>
      <ProblemAlert error={send.error} />
      {(!sentAt || mayAgain) && (
        <Group>
          <Button
            variant={sentAt ? 'default' : 'filled'}
            leftSection={<IconSend size={18} aria-hidden />}
            loading={send.isPending}
            disabled={why !== null}
            onClick={() => send.mutate()}
          >
            {sentAt ? 'Send another' : 'Send a test event'}
          </Button>
        </Group>
      )}
      {!sentAt && <WhyNot role="admin" />}
    </>
  )
}
