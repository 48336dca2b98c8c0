/** Notification rules in words: what happens when, what is wrong with it, and what goes with a contact method. */
import type { Model } from '../../api/types'
import { formatDuration } from '../../components/Time'
import { CHANNELS, type Channel, type Method } from './channels'

export type RuleSet = Model<'NotificationRuleSet'>
export type Urgency = RuleSet['urgency']

export const URGENCIES: readonly { urgency: Urgency; name: string; about: string }[] = [
  { urgency: 'high', name: 'High urgency', about: 'What can’t wait until the morning.' },
  { urgency: 'low', name: 'Low urgency', about: 'What can wait until then.' },
]

export function urgencyName(urgency: Urgency): string {
  return URGENCIES.find(one => one.urgency === urgency)?.name.toLowerCase() ?? urgency
}

/** One page of the rules. */
export interface Planned {
  contact_method_id: string
  channel: Channel
  label: string
  delay_seconds: number
  is_enabled: boolean
  is_verified: boolean
}

export interface Moment {
  delay: number
  pages: Planned[]
}

/** `At once`, `After 5 min`. */
export function whenOf(delay: number): string {
  return delay === 0 ? 'At once' : `After ${formatDuration(delay)}`
}

/** What is paged when, in the order of the delays. */
export function momentsOf(rules: readonly Planned[]): Moment[] {
  const delays = [...new Set(rules.map(one => one.delay_seconds))].sort((a, b) => a - b)
  return delays.map(delay => ({ delay, pages: rules.filter(one => one.delay_seconds === delay) }))
}

/** `At once: mail to work. After 5 min: Slack on-call channel.` */
export function toldRules(rules: readonly Planned[]): string {
  return momentsOf(rules.filter(one => one.is_enabled))
    .map(({ delay, pages }) => {
      const named = pages.map(({ channel, label }) => `${CHANNELS[channel].by} ${label}`)
      return `${whenOf(delay)}: ${named.join(' and ')}.`
    })
    .join(' ')
}

export interface Warning {
  level: 'error' | 'warning'
  words: string
}

/** For how long nothing may be sent of what is urgent before it is told. */
const LONG_SECONDS: Readonly<Record<Urgency, number>> = { high: 15 * 60, low: 24 * 3_600 }

/** What keeps pages by these rules from arriving; `methods` are all of the person's. */
export function warningsOf(urgency: Urgency, rules: readonly Planned[], methods: readonly Method[]): Warning[] {
  const on = methods.filter(one => !one.disabled_at)
  if (on.length === 0) return [{ level: 'error', words: 'Nothing is sent: no contact method is switched on.' }]
  const sent = rules.filter(one => one.is_enabled)
  const found: Warning[] = []
  if (sent.length === 0)
    found.push({
      level: 'warning',
      words: 'All contact methods of these rules are switched off: until that is mended, all others are paged at once.',
    })
  else if (sent.length < rules.length)
    found.push({ level: 'warning', words: 'A contact method of these rules is switched off, and is passed over.' })
  if (sent.length > 0 && sent.every(one => !one.is_verified))
    found.push({ level: 'warning', words: 'None of these is verified: pages may go to somebody else, or nowhere.' })
  const first = Math.min(...sent.map(one => one.delay_seconds))
  if (sent.length > 0 && first >= LONG_SECONDS[urgency])
    found.push({ level: 'warning', words: `For the first ${formatDuration(first)} nothing is sent.` })
  return found
}

function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}

/** What goes with a contact method that is removed. */
export function goesWithIt(method: string, sets: readonly RuleSet[]): string {
  const named = sets
    .filter(one => !one.is_default)
    .map(({ urgency, rules }) => {
      const gone = rules.filter(rule => rule.contact_method_id === method).length
      return { urgency, gone, left: rules.length - gone }
    })
    .filter(({ gone }) => gone > 0)
  const words = ['No page goes there from this moment on, and what is held back for it is not sent.']
  for (const { urgency, gone, left } of named)
    words.push(
      `${counted(gone, 'rule')} for ${urgencyName(urgency)} ${gone === 1 ? 'goes' : 'go'} with it${left === 0 ? '; none is left, and all contact methods are paged at once' : ''}.`,
    )
  return words.join(' ')
}

/** What went with a contact method that was removed. */
export function removedWords(gone: Model<'RemovedContactMethod'>): string {
  const words = [`${gone.contact_method.label.slice(0, 80)} is removed.`]
  if (gone.rules_removed.length > 0) words.push(`${counted(gone.rules_removed.length, 'rule')} went with it.`)
  if (gone.back_to_default.length > 0)
    words.push(`For ${gone.back_to_default.map(urgencyName).join(' and ')} all contact methods are paged at once now.`)
  if (gone.pages_stopped > 0) words.push(`${counted(gone.pages_stopped, 'page')} held back for it will not be sent.`)
  return words.join(' ')
}
