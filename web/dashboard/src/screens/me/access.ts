/** Who may change how somebody is reached: themselves from responders on, and admins for everybody. */
import { useQueryClient } from '@tanstack/react-query'
import { useApi, useOrganization } from '../../app/organization'
import { useWhyNot } from '../../components/WhyNot'

/** Why the viewer may not change how somebody is reached; null where they may. */
export function useWhyNotReach(userId: string): string | null {
  const { userId: own } = useOrganization()
  return useWhyNot(userId === own ? 'responder' : 'admin')
}

/** What to do once it has changed: whatever tells how somebody is reached is asked anew. */
export function useReachChanged(): () => Promise<void> {
  const api = useApi()
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: api.topic('users') })
    await queries.invalidateQueries({ queryKey: api.topic('lint') })
  }
}

/** Where somebody's contact methods and rules are. */
export function reachQueries(api: ReturnType<typeof useApi>, userId: string) {
  const path = { user_id: userId }
  return {
    methods: api.get('/v1/users/{user_id}/contact-methods', { path }),
    rules: api.get('/v1/users/{user_id}/notification-rules', { path }),
  }
}
