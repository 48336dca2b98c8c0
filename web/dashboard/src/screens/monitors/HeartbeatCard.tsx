/** When a heartbeat is due, where jobs report to, and how. */
import { Alert, Card, Group, Loader, Stack, Tabs, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconKey } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { CopyText } from '../../components/CopyText'
import { Time } from '../../components/Time'
import { useWhyNot } from '../../components/WhyNot'
import { keepUrl, useFreshUrl } from './freshUrls'
import classes from './HeartbeatCard.module.css'
import { PLACEHOLDER, snippetsOf } from './snippets'
import type { Monitor } from './words'

export function HeartbeatCard({ monitor }: { monitor: Monitor }) {
  const url = useFreshUrl(monitor.id)
  const { spec } = monitor
  const cron = spec.kind === 'heartbeat' ? spec.cron : null
  return (
    <Card>
      <Title order={2} size="h4" mb="sm">
        Reports
      </Title>
      <Stack gap="md">
        <Standing monitor={monitor} />
        {url ? (
          <Alert color="green" icon={<IconKey aria-hidden />} title="Its URL is shown this once">
            <Text size="sm" mb="xs">
              Copy it, or a snippet below that holds it. Whoever has it can report for this job.
            </Text>
            <CopyText text={url} label="ping URL" />
          </Alert>
        ) : (
          <NoUrl monitor={monitor} />
        )}
        <Snippets url={url ?? PLACEHOLDER} cron={cron} />
      </Stack>
    </Card>
  )
}

function Standing({ monitor }: { monitor: Monitor }) {
  if (monitor.paused_at) return <Text size="sm">It is paused: pings are kept, and count for nothing.</Text>
  if (!monitor.last_checked_at)
    return (
      <Text size="sm" className={classes.waiting} role="status">
        <Loader size={16} aria-hidden /> Waiting for its first ping. Until then it pages nobody.
      </Text>
    )
  return (
    <Text size="sm" className={classes.heard} role="status">
      <IconCircleCheck size={18} aria-hidden />
      <span>
        Heard <Time at={monitor.last_checked_at} />
        {monitor.expected_at && (
          <>
            , due again <Time at={monitor.expected_at} />
          </>
        )}
        {monitor.late_at && (
          <>
            , late <Time at={monitor.late_at} />
          </>
        )}
        .
      </span>
    </Text>
  )
}

function NoUrl({ monitor }: { monitor: Monitor }) {
  const api = useApi()
  const queries = useQueryClient()
  const why = useWhyNot('admin', monitor.team_id)
  const rotate = useMutation({
    mutationFn: () => api.post('/v1/monitors/{monitor_id}/rotate-key', { path: { monitor_id: monitor.id } }),
    onSuccess: async made => {
      keepUrl(monitor.id, made.ping_url)
      await queries.invalidateQueries({ queryKey: api.topic('monitors') })
    },
  })
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed">
        Its URL ends in {monitor.ping_hint ? <code>…{monitor.ping_hint}</code> : '…'} and was shown when it was made.
      </Text>
      <ConfirmButton
        size="sm"
        question="Give it a new URL?"
        consequence="The old one is refused from then on, so the job has to be told the new one."
        confirm="Make a new URL"
        disabled={why !== null}
        title={why ?? undefined}
        onConfirm={() => rotate.mutateAsync()}
      >
        New URL
      </ConfirmButton>
    </Group>
  )
}

function Snippets({ url, cron }: { url: string; cron?: string | null }) {
  const snippets = snippetsOf(url, cron)
  return (
    <Tabs defaultValue={snippets[0]?.name} keepMounted={false}>
      <Tabs.List className={classes.tabs}>
        {snippets.map(({ name }) => (
          <Tabs.Tab key={name} value={name}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {snippets.map(({ name, about, text }) => (
        <Tabs.Panel key={name} value={name} pt="sm">
          <Text size="sm" mb="xs">
            {about}
          </Text>
          <CopyText block text={text} label={`${name} snippet`} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
