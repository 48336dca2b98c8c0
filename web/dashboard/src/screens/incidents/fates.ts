/** What became of a page and of each attempt at it, in words. */
import { IconSend, type TablerIcon } from '@tabler/icons-react'
import type { Model } from '../../api/types'
import { CHANNELS } from '../me/channels'

interface Look {
  icon: TablerIcon
  name: string
}

/** How a channel looks, also one that is newer than this page. */
export function channelOf(channel: string): Look {
  const known: Readonly<Record<string, Look>> = CHANNELS
  return known[channel] ?? { icon: IconSend, name: channel.replaceAll('_', ' ') }
}

const REASONS: Readonly<Record<string, string>> = {
  throttled: 'the provider took no more just then',
  bounced: 'the mail came back',
  timeout: 'the provider did not answer in time',
  connection: 'the provider could not be reached',
  no_outcome: 'no answer came',
  incident_moved_on: 'the incident had moved on',
}

/** Why it was not delivered, or not at once. */
export function reasonOf(reason: string): string {
  return REASONS[reason] ?? reason.replaceAll('_', ' ')
}

const ATTEMPTS: Readonly<Record<Model<'Attempt'>['state'], string>> = {
  claimed: 'on its way',
  delivered: 'handed over',
  temporary: 'failed for now',
  permanent: 'failed for good',
  uncertain: 'not known whether it arrived',
}

/** What became of one attempt. */
export function attemptOf({ state, reason, detail }: Model<'Attempt'>): string {
  return [ATTEMPTS[state], reason && `: ${reasonOf(reason)}`, detail && ` (${detail})`].filter(Boolean).join('')
}
