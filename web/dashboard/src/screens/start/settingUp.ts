/** Makes what pages somebody: a policy, a service and an integration, each unless it is there. */
import type { Api } from '../../api/client'
import type { Model } from '../../api/types'
import { keepKey } from '../services/freshKeys'
import type { Path } from './firstPage'

const ROUNDS = 3
const MOST_CHARACTERS = 100
const ROUND_DELAY_SECONDS = 300

interface Who {
  user: string
  name: string
}

/** Resolves once all three are there. What had been made before something failed is told by `onMade`, and kept. */
export async function setUp(
  api: Api,
  { user, name }: Who,
  service: string,
  parts: Partial<Path>,
  onMade: (parts: Partial<Path>) => void,
): Promise<Path> {
  const policy = parts.policy ?? (await api.post('/v1/escalation-policies', { body: policyFor(user, name) }))
  onMade({ ...parts, policy })
  const made =
    parts.service ?? (await api.post('/v1/services', { body: { name: service.trim(), policy_id: policy.id } }))
  onMade({ ...parts, policy, service: made })
  const integration = parts.integration ?? (await connect(api, made))
  return { policy, service: made, integration }
}

function policyFor(user: string, name: string): Model<'PolicyInput'> {
  return {
    name: `Page ${name}`.slice(0, MOST_CHARACTERS),
    rounds: ROUNDS,
    round_delay_seconds: ROUND_DELAY_SECONDS,
    steps: [{ targets: [{ kind: 'user', value: user }] }],
  }
}

async function connect(api: Api, service: Model<'Service'>): Promise<Model<'Integration'>> {
  const made = await api.post('/v1/integrations', { body: { service_id: service.id, name: 'First integration' } })
  keepKey(made.id, made.routing_key.key)
  return made
}
