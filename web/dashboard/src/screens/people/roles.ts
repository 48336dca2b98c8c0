/** What roles are called and may, and who may give which. */
import type { Role } from '../../app/organization'

export const ROLES: readonly { value: Role; label: string; may: string }[] = [
  { value: 'viewer', label: 'Viewer', may: 'Sees everything, changes nothing, and is never paged.' },
  {
    value: 'responder',
    label: 'Responder',
    may: 'Is paged, acts on incidents, swaps shifts, writes status reports and plans maintenance.',
  },
  {
    value: 'admin',
    label: 'Admin',
    may: 'Also sets everything up: services, policies, monitors, pages, people, keys.',
  },
  { value: 'owner', label: 'Owner', may: 'Also exports, hands over and ends the organization.' },
]

const RANK: Readonly<Record<Role, number>> = { viewer: 0, responder: 1, admin: 2, owner: 3 }

export function roleName(role: Role): string {
  return ROLES.find(one => one.value === role)?.label ?? role
}

/** The roles that somebody may give or take: their own and those below. */
export function grantable(own: Role): { value: Role; label: string }[] {
  return ROLES.filter(one => RANK[one.value] <= RANK[own]).map(({ value, label }) => ({ value, label }))
}

/** Whether somebody may change what another one is. */
export function mayChange(own: Role, other: Role): boolean {
  return RANK[own] >= RANK.admin && RANK[own] >= RANK[other]
}

/** The addresses in what was typed or pasted: one a line, or with commas or semicolons between them, each once. */
export function addressesIn(typed: string): string[] {
  const found = typed
    .split(/[\s,;]+/)
    .map(one => one.replace(/^<|>$/g, ''))
    .filter(one => one.includes('@'))
  return [...new Set(found)]
}
