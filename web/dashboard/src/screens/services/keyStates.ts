/** How a routing key stands, and whether anything has come by those of an integration. */
import type { Model } from '../../api/types'

export type RoutingKey = Model<'RoutingKey'>

export type KeyState = 'in use' | 'never used' | 'ending' | 'ended' | 'revoked'

export function stateOf(key: RoutingKey, now: number): KeyState {
  if (key.revoked_at) return 'revoked'
  if (key.expires_at) return Date.parse(key.expires_at) <= now ? 'ended' : 'ending'
  return key.last_used_at ? 'in use' : 'never used'
}

/** Whether events by it are taken. */
export function isInForce(key: RoutingKey, now: number): boolean {
  const state = stateOf(key, now)
  return state !== 'revoked' && state !== 'ended'
}

/** When something came last by any of these; null where nothing ever did. */
export function lastUse(keys: readonly RoutingKey[]): string | null {
  const uses = keys.flatMap(key => (key.last_used_at ? [key.last_used_at] : []))
  return uses.sort((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null
}
