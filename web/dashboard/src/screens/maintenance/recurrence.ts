/** How a window repeats: as a form has it, as a rule of RFC 5545, and in words. */

export const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Day = (typeof DAYS)[number]

export const DAY_WORDS: Readonly<Record<Day, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
}

export type Repeat = 'never' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY' | 'custom'

/** A type, since an interface is no record of unknowns, which drafts are. */
export type RecurrenceValues = {
  repeat: Repeat
  interval: number | ''
  /** Of a week. */
  days: string[]
  /** Of a month: as `2SA` the second Saturday, empty the day of the first occurrence. */
  monthly: string
  /** After so many occurrences; empty: without end. */
  count: number | ''
  /** The rule itself, where the fields can't say it. */
  rule: string
}

export const NO_RECURRENCE: RecurrenceValues = {
  repeat: 'never',
  interval: 1,
  days: [],
  monthly: '',
  count: '',
  rule: '',
}

/** The rule, or null for what happens once. */
export function ruleOf(values: RecurrenceValues): string | null {
  const { repeat, interval, days, monthly, count, rule } = values
  if (repeat === 'never') return null
  if (repeat === 'custom') return rule.trim() || null
  const parts = [`FREQ=${repeat}`]
  if (interval !== '' && interval > 1) parts.push(`INTERVAL=${interval}`)
  if (repeat === 'WEEKLY' && days.length > 0) parts.push(`BYDAY=${DAYS.filter(day => days.includes(day)).join(',')}`)
  if (repeat === 'MONTHLY' && monthly) parts.push(`BYDAY=${monthly}`)
  if (count !== '') parts.push(`COUNT=${count}`)
  return parts.join(';')
}

function partsOf(rule: string): Map<string, string> {
  return new Map(
    rule
      .toUpperCase()
      .replace(/^RRULE:/, '')
      .split(';')
      .map((part): [string, string] => {
        const [name = '', value = ''] = part.split('=')
        return [name.trim(), value.trim()]
      }),
  )
}

const KNOWN = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'COUNT'])

function isDay(text: string): text is Day {
  return DAYS.some(day => day === text)
}

/** The fields of a rule; what they can't say stays the rule itself. */
export function recurrenceOf(rule: string | null): RecurrenceValues {
  if (!rule) return NO_RECURRENCE
  const custom: RecurrenceValues = { ...NO_RECURRENCE, repeat: 'custom', rule }
  const parts = partsOf(rule)
  const repeat = parts.get('FREQ')
  const byDay = parts.get('BYDAY') ?? ''
  if ([...parts.keys()].some(name => !KNOWN.has(name))) return custom
  if (repeat !== 'DAILY' && repeat !== 'WEEKLY' && repeat !== 'MONTHLY' && repeat !== 'YEARLY') return custom
  const days = byDay ? byDay.split(',') : []
  if (repeat === 'WEEKLY' ? !days.every(isDay) : byDay && !(repeat === 'MONTHLY' && /^-?[1-5][A-Z]{2}$/.test(byDay)))
    return custom
  const number = (name: string, otherwise: number | '') => (parts.has(name) ? Number(parts.get(name)) : otherwise)
  return {
    ...NO_RECURRENCE,
    repeat,
    interval: number('INTERVAL', 1),
    days: repeat === 'WEEKLY' ? days : [],
    monthly: repeat === 'MONTHLY' ? byDay : '',
    count: number('COUNT', ''),
    rule,
  }
}

const EVERY: Readonly<Record<string, readonly [string, string]>> = {
  DAILY: ['every day', 'days'],
  WEEKLY: ['every week', 'weeks'],
  MONTHLY: ['every month', 'months'],
  YEARLY: ['every year', 'years'],
}
const NTH: Readonly<Record<string, string>> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  '-1': 'last',
}

/** The days of a month to choose from: `the second Saturday`. */
export const MONTHLY_CHOICES = Object.entries(NTH)
  .filter(([n]) => n !== '5')
  .flatMap(([n, word]) => DAYS.map(day => ({ value: `${n}${day}`, label: `The ${word} ${DAY_WORDS[day]}` })))

function nthDay(text: string): string {
  const day = text.slice(-2)
  return `the ${NTH[text.slice(0, -2)] ?? text} ${isDay(day) ? DAY_WORDS[day] : day}`
}

/** `every 2 weeks on Saturday and Sunday`; a rule that the fields can't say is told as it is. */
export function inWords(rule: string): string {
  const { repeat, interval, days, monthly, count } = recurrenceOf(rule)
  const [one, many] = EVERY[repeat] ?? []
  if (!one) return rule
  const often = interval === '' || interval === 1 ? one : `every ${interval} ${many}`
  const names = DAYS.filter(day => days.includes(day)).map(day => DAY_WORDS[day])
  const on = names.length > 0 ? ` on ${names.join(' and ')}` : monthly ? ` on ${nthDay(monthly)}` : ''
  return `${often}${on}${count === '' ? '' : `, ${count} times`}`
}
