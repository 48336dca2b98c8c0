/** Whether an organization has had its first page: until then there is a guide to it, which its admins land on. */
import { type QueryClient, useQuery } from '@tanstack/react-query'
import { Api } from '../api/client'
import { visit } from '../auth/session'
import { meQuery } from './me'
import { useMay, useOrganization } from './organization'

const PREFIX = 'tocsin.start.'

/** What this browser knows: it is `done`, or was `left` for later. */
function kept(org: string): string | null {
  return localStorage.getItem(PREFIX + org)
}

/** Go on elsewhere; the guide stays in the navigation. */
export function leaveGuide(org: string): void {
  if (kept(org) !== 'done') localStorage.setItem(PREFIX + org, 'left')
}

function begunQuery(api: Api) {
  const query = { status: ['acknowledged' as const, 'resolved' as const], limit: 1 }
  const asked = api.get('/v1/incidents', { query })
  return {
    ...asked,
    queryKey: [...asked.queryKey, 'begun'],
    queryFn: async (context: { signal: AbortSignal }) => {
      const isBegun = (await asked.queryFn(context)).items.length > 0
      if (isBegun && api.organization) localStorage.setItem(PREFIX + api.organization, 'done')
      return isBegun
    },
  }
}

/** Whether somebody has answered an incident here; undefined while that is not known, or not the viewer's to see to. */
export function useIsBegun(): boolean | undefined {
  const { id, api } = useOrganization()
  const isAsked = useMay('admin') && kept(id) !== 'done'
  return useQuery({ ...begunQuery(api), enabled: isAsked }).data
}

/** Whether one who comes to an organization is to begin with the guide. */
export async function isToBegin(queries: QueryClient, org: string): Promise<boolean> {
  if (visit() || kept(org)) return false
  try {
    const { organizations } = await queries.ensureQueryData(meQuery)
    const role = organizations.find(one => one.id === org)?.role
    if (role !== 'owner' && role !== 'admin') return false
    return !(await queries.fetchQuery(begunQuery(new Api(org))))
  } catch {
    return false
  }
}
