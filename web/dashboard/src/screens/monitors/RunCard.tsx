/** The check that somebody has just asked for. */
import { Card, CloseButton, Group, Title } from '@mantine/core'
import { Loaded } from '../../components/Loaded'
import { Time } from '../../components/Time'
import { RunResults } from './RunResults'
import { useRun } from './useRun'

export function RunCard({ id, monitor, onClose }: { id: string; monitor: string; onClose: () => void }) {
  const { found, isOver } = useRun(id, monitor)
  return (
    <Card>
      <Group justify="space-between" mb="sm" wrap="nowrap">
        <Title order={2} size="h4">
          Check {found.data && <Time at={found.data.asked_at} />}
        </Title>
        <CloseButton aria-label="Hide this check" onClick={onClose} />
      </Group>
      <Loaded query={found}>{run => <RunResults run={run} isOver={isOver} />}</Loaded>
    </Card>
  )
}
