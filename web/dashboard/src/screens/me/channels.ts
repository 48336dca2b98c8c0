/** What channels are called, and what each takes. */
import { IconBrandSlack, IconMail, IconWebhook, type TablerIcon } from '@tabler/icons-react'
import type { Model } from '../../api/types'

export type Method = Model<'ContactMethod'>
export type Channel = Method['channel']

interface Look {
  icon: TablerIcon
  name: string
  /** As in "mail to work". */
  by: string
  /** What it is good for. */
  about: string
}

export const CHANNELS: Readonly<Record<Channel, Look>> = {
  email: {
    icon: IconMail,
    name: 'E-mail',
    by: 'mail to',
    about: 'An address. A code that is mailed there proves that it is yours.',
  },
  slack: {
    icon: IconBrandSlack,
    name: 'Slack',
    by: 'Slack',
    about: 'An incoming webhook of Slack’s. A test page that Slack takes proves it.',
  },
  webhook: {
    icon: IconWebhook,
    name: 'Webhook',
    by: 'webhook',
    about: 'Your own code, a push service, a phone gateway. Calls are signed; a test page answered with 2xx proves it.',
  },
}

export const CHANNEL_NAMES = Object.keys(CHANNELS) as Channel[]

/** Whether a code proves it; others are proven by a test page. */
export function takesCode(channel: Channel): boolean {
  return channel === 'email'
}

/** Whether a code has been sent that can be given still. */
export function awaitsCode({ verified_at, verification_ends_at: ends }: Method, now: number): boolean {
  return !verified_at && Boolean(ends) && Date.parse(ends ?? '') > now
}
