/** The organization of this tab, which the address names, and who is looking at it. */
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { Api } from '../api/client'
import type { Model } from '../api/types'

export type Role = Model<'Role'>

export interface Place {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly teams: Model<'MyOrganization'>['teams']
  readonly deletesAt: string | null
  readonly isDemo: boolean
  /** Null in the demo. */
  readonly userId: string | null
  readonly api: Api
}

const Current = createContext<Place | null>(null)

/** Tell what is below which organization it is in. */
export function OrganizationProvider({ place, children }: { place: Omit<Place, 'api'>; children: ReactNode }) {
  const { id, name, role, teams, deletesAt, isDemo, userId } = place
  const value = useMemo(
    () => ({ id, name, role, teams, deletesAt, isDemo, userId, api: new Api(id) }),
    [id, name, role, teams, deletesAt, isDemo, userId],
  )
  return <Current value={value}>{children}</Current>
}

/** The organization; only below `/o/$org`. */
export function useOrganization(): Place {
  const found = useContext(Current)
  if (!found) throw new Error('there is no organization here')
  return found
}

/** The API for it. */
export function useApi(): Api {
  return useOrganization().api
}

const RANK: Record<Role, number> = { viewer: 0, responder: 1, admin: 2, owner: 3 }

/** Whether the viewer may do what takes a role: a guess that saves a click; the API decides. In the demo nobody may. */
export function useMay(role: Role): boolean {
  const place = useOrganization()
  return !place.isDemo && RANK[place.role] >= RANK[role]
}
