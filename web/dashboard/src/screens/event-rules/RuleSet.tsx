/** The rules of the organization or of a service, with their editor, what they would do, and what they were. */
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { Findings } from '../../components/Findings'
import { Loaded } from '../../components/Loaded'
import type { Service } from '../services/serviceValues'
import { RuleSetEditor } from './RuleSetEditor'

/** Without a service, those of the organization. */
export function RuleSet({ service }: { service?: Service }) {
  const api = useApi()
  const path = { service_id: service?.id ?? '' }
  const ofService = useQuery({
    ...api.get('/v1/services/{service_id}/event-rules', { path }),
    enabled: service !== undefined,
  })
  const ofOrganization = useQuery({ ...api.get('/v1/event-rules'), enabled: service === undefined })
  return (
    <Loaded query={service ? ofService : ofOrganization}>
      {found => (
        <>
          <Findings
            about={service?.id ?? null}
            version={found.version}
            only={({ subject }) => subject.kind === 'event_rule' && Boolean(subject.part_of) === Boolean(service)}
          />
          <RuleSetEditor found={found} service={service} />
        </>
      )}
    </Loaded>
  )
}
