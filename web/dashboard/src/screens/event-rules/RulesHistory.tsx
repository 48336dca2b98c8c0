/** What the rules were, who changed them and when; an earlier version can be taken up again. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { Time } from '../../components/Time'
import { usePolicies, useServices } from '../services/useNames'
import { actionWords } from './actionWords'
import classes from './RulesHistory.module.css'
import { type EventRules, valuesOf } from './ruleValues'

const STEP = 20

interface Properties {
  service: string | undefined
  isOpen: boolean
  onClose: () => void
  /** Left away where the viewer may not. */
  onRestore: ((version: EventRules) => void) | undefined
}

export function RulesHistory({ isOpen, onClose, ...rest }: Properties) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Versions" size="lg">
      <Versions {...rest} />
    </Modal>
  )
}

function Versions({ service, onRestore }: Omit<Properties, 'isOpen' | 'onClose'>) {
  const api = useApi()
  const [limit, setLimit] = useState(STEP)
  const query = { limit }
  const ofService = useQuery({
    ...api.get('/v1/services/{service_id}/event-rules/versions', { path: { service_id: service ?? '' }, query }),
    enabled: service !== undefined,
    placeholderData: before => before,
  })
  const ofOrganization = useQuery({
    ...api.get('/v1/event-rules/versions', { query }),
    enabled: service === undefined,
    placeholderData: before => before,
  })
  return (
    <Loaded query={service ? ofService : ofOrganization}>
      {({ items, next_before: next }: Model<'EventRulesVersions'>) => (
        <Stack>
          {items.length === 0 && <Text size="sm">Nobody has written any rules yet.</Text>}
          <ol className={classes.versions}>
            {items.map((one, index) => (
              <Version key={one.version} version={one} onRestore={index > 0 ? onRestore : undefined} />
            ))}
          </ol>
          {next !== null && limit < 200 && (
            <Button variant="default" onClick={() => setLimit(before => Math.min(before + STEP, 200))}>
              Show more
            </Button>
          )}
        </Stack>
      )}
    </Loaded>
  )
}

function useWho(): (actor: string | null) => string {
  const members = useQuery({
    ...useApi().get('/v1/members', { query: { limit: 200 } }),
    staleTime: 60_000,
  })
  const names = new Map(members.data?.items.map(one => [`user:${one.user_id}`, one.name]))
  return actor => (actor ? (names.get(actor) ?? actor.split(':')[0]?.replaceAll('_', ' ') ?? actor) : 'nobody')
}

function Version({ version, onRestore }: { version: EventRules; onRestore: Properties['onRestore'] }) {
  const who = useWho()
  const names = { services: useServices().names, policies: usePolicies().names }
  return (
    <li>
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          <strong>Version {version.version}</strong> by {who(version.updated_by)},{' '}
          {version.updated_at && <Time at={version.updated_at} />}
        </Text>
        {onRestore && (
          <Button size="xs" variant="default" onClick={() => onRestore(version)}>
            Take it up again
          </Button>
        )}
      </Group>
      {version.rules.length === 0 && (
        <Text size="sm" c="dimmed">
          No rules
        </Text>
      )}
      <ol className={classes.rules}>
        {valuesOf(version).rules.map(rule => (
          <li key={rule.key}>
            <strong>{rule.name}</strong>: {rule.condition ? <code>{rule.condition}</code> : 'every event'} →{' '}
            {actionWords(rule, names).join(', ') || 'nothing changes'}
          </li>
        ))}
      </ol>
    </li>
  )
}
