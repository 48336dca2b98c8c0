/** Channels and webhooks that are nobody's: what kinds there are. */
import type { Model } from '../../api/types'

export type Destination = Model<'Destination'>
export type Kind = Destination['channel']

/** What each is good for. */
export const ABOUT: Readonly<Record<Kind, string>> = {
  slack: 'A channel of Slack’s, by an incoming webhook: the whole team sees the incident, and who takes it.',
  webhook: 'Your own code, a chat of another kind, a ticket system. Calls are signed.',
}

export const KINDS = Object.keys(ABOUT) as Kind[]
