/** How somebody is paged, for what is urgent and for what can wait. */
import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { ListSkeleton } from '../incidents/ListSkeleton'
import { reachQueries } from './access'
import { RuleSetCard } from './RuleSetCard'
import { URGENCIES } from './ruleWords'

export function RulesPanel({ userId }: { userId: string }) {
  const asked = reachQueries(useApi(), userId)
  const methods = useQuery(asked.methods)
  const sets = useQuery(asked.rules)
  return (
    <Loaded query={methods} skeleton={<ListSkeleton />}>
      {({ items: known }) => (
        <Loaded query={sets} skeleton={<ListSkeleton />}>
          {({ items }) => (
            <Stack>
              {URGENCIES.map(({ urgency }) => {
                const found = items.find(one => one.urgency === urgency)
                const other = items.find(one => one.urgency !== urgency)
                return found && <RuleSetCard key={urgency} set={found} other={other} methods={known} />
              })}
            </Stack>
          )}
        </Loaded>
      )}
    </Loaded>
  )
}
