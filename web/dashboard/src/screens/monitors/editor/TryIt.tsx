/** Checks once what is being typed, from all its regions, before it is saved. */
import { Button, Group, Text } from '@mantine/core'
import { IconRadar2 } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../../../api/problem'
import type { Model } from '../../../api/types'
import { useApi } from '../../../app/organization'
import { ProblemAlert } from '../../../components/ProblemAlert'
import { RunResults } from '../RunResults'
import { useRun } from '../useRun'
import { Section } from './Section'

interface Properties {
  /** What is typed, now. */
  asked: () => Model<'MonitorTest'>
  onErrors: (errors: Record<string, string>) => void
  why: string | null
}

export function TryIt({ asked, onErrors, why }: Properties) {
  const api = useApi()
  const [id, setId] = useState<string | null>(null)
  const begin = useMutation({
    mutationFn: () => api.post('/v1/monitors/test', { body: asked() }),
    onSuccess: run => setId(run.id),
    onError: error => onErrors(fieldErrors(error)),
  })
  const { found, isOver } = useRun(id, null)
  return (
    <Section title="Try it" about="Checks it once from everywhere, before anything is saved.">
      <Group>
        <Button
          variant="default"
          leftSection={<IconRadar2 size={18} aria-hidden />}
          loading={begin.isPending}
          disabled={why !== null}
          title={why ?? undefined}
          onClick={() => begin.mutate()}
        >
          Check once
        </Button>
        {!id && (
          <Text size="sm" c="dimmed">
            Nobody is paged by it.
          </Text>
        )}
      </Group>
      <ProblemAlert error={begin.error ?? found.error} />
      {found.data && <RunResults run={found.data} isOver={isOver} />}
    </Section>
  )
}
