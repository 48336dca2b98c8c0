/** What the lines of an explanation tell together: whom was paged, how it ended, which receipts belong to which page. */
import type { Model } from '../../api/types'

export type Line = Model<'ExplanationLine'>

/** An entry of the timeline that comes without words. */
export function lineOf(entry: Model<'TimelineEntry'>): Line {
  const { at, id, kind, data, target_name: target } = entry
  return {
    at,
    source: 'timeline',
    id,
    what: kind,
    words: kind.replaceAll('_', ' '),
    actor: entry.actor_name ?? entry.actor,
    data: target ? { ...data, target_name: target } : data,
  }
}

const PAGING = new Set(['paged', 'fallback_paged'])
const FALLBACK = 'the fallback contact'

/** Whom a line of the timeline names as paged. */
export function recipientsOf({ data: { recipients } }: Line): string[] {
  if (!Array.isArray(recipients)) return []
  return recipients.map(one => (one === 'fallback contact' ? FALLBACK : String(one)))
}

/** A line in words, and no more than that: why somebody was on call is told elsewhere. */
export function wordsOf(line: Line): string {
  const { what, words, data } = line
  if (what !== 'paged' || !data.step) return capital(words)
  const round = Number(data.round) > 1 ? `, round ${data.round}` : ''
  return `Paged ${recipientsOf(line).join(', ')} · step ${data.step}${round}`
}

function isPaging({ source, what }: Line): boolean {
  return source === 'timeline' && PAGING.has(what)
}

/** Everybody who was paged, whoever was last of all first, and when that was; null when nobody was. */
export function pagedOf(lines: readonly Line[]): { names: string[]; last: string } | null {
  const pages = lines.filter(isPaging)
  const last = pages.at(-1)
  return last ? { names: [...new Set(pages.toReversed().flatMap(recipientsOf))], last: last.at } : null
}

export type End = { who: string; at: string } | 'nobody'

/** Whom an escalation has paged where no step was left; undefined where that is not known. */
export function endOf(lines: readonly Line[]): End | undefined {
  const ended = lines.findLastIndex(one => one.what === 'escalation_exhausted')
  const end = lines[ended]
  if (!end) return undefined
  if (end.data.fallback === true) return { who: FALLBACK, at: end.at }
  const before = lines.slice(0, ended)
  const since = before.findLastIndex(one => one.what === 'escalation_exhausted')
  const own = before.slice(since + 1).findLast(one => one.what === 'fallback_paged')
  return own ? { who: `the policy’s fallback (${recipientsOf(own).join(', ')})`, at: own.at } : 'nobody'
}

const STEP_FATES: Readonly<Record<string, string>> = {
  paged: 'no answer',
  step_passed: 'passed over',
  step_reached_nobody: 'reached nobody',
}

/** What became of a step, from 0, that was taken while nobody has answered. */
export function fateOfStep(lines: readonly Line[], position: number): string {
  const last = lines.findLast(({ what, data }) => STEP_FATES[what] && data.step === position + 1)
  return STEP_FATES[last?.what ?? 'paged'] ?? ''
}

/** The round an escalation is in, counted from 1: what comes after the last one still belongs to it. */
export function roundOf(round: number, rounds: number): number {
  return Math.min(round + 1, rounds)
}

export interface Receipts {
  /** Null where the page is of one person alone. */
  who: string | null
  channels: string[]
}

export interface Told {
  line: Line
  receipts: Receipts[]
}

/** How a receipt's person may be named on the line that paged them. */
function namesIn({ data: { target_name: name, target } }: Line): string[] {
  return [name, target].filter(one => typeof one === 'string')
}

function put({ line: page, receipts }: Told, receipt: Line): void {
  const recipients = recipientsOf(page)
  const who = recipients.length > 1 ? (recipients.find(one => namesIn(receipt).includes(one)) ?? null) : null
  const by = String(receipt.data.channel)
  const found = receipts.find(one => one.who === who)
  if (!found) receipts.push({ who, channels: [by] })
  else if (!found.channels.includes(by)) found.channels.push(by)
}

/** The timeline with the receipts of pages at the lines that say who was paged; what has failed stands for itself. */
export function toldOf(lines: readonly Line[]): Told[] {
  const found: Told[] = []
  for (const line of lines) {
    if (line.source !== 'timeline') continue
    const names = line.what === 'notification_delivered' ? namesIn(line) : []
    const page = found.findLast(one => isPaging(one.line) && recipientsOf(one.line).some(who => names.includes(who)))
    if (page) put(page, line)
    else found.push({ line, receipts: [] })
  }
  return found
}

/** A line with all that came of the same event or page. */
export interface Strand {
  line: Line
  rest: Line[]
}

/** The minutes in which something was decided, in their order; what came of it later stands with it. */
export function minutesOf(lines: readonly Line[]): { at: string; strands: Strand[] }[] {
  const strands = new Map<string, Strand>()
  for (const line of lines) {
    const key = `${line.source}:${line.id}`
    const found = strands.get(key)
    if (found) found.rest.push(line)
    else strands.set(key, { line, rest: [] })
  }
  const minutes = Map.groupBy(strands.values(), ({ line }) => line.at.slice(0, 16))
  return [...minutes.values()].map(some => ({ at: some[0]?.line.at ?? '', strands: some }))
}

/** The event of an alert that can be looked at: its last, or where there are too many its first. */
export function eventOf(
  { summary, first_event_at: first, last_event_at: last }: Model<'Alert'>,
  lines: readonly Line[],
): { id: string; which: 'last' | 'first' } | null {
  const at = (instant: string) => {
    const found = lines.filter(one => one.source === 'event' && Date.parse(one.at) === Date.parse(instant))
    return found.find(one => one.words.includes(`“${summary}”`)) ?? found[0]
  }
  const [newest, oldest] = [at(last), at(first)]
  if (newest) return { id: newest.id, which: 'last' }
  return oldest ? { id: oldest.id, which: 'first' } : null
}

/** As a line of its own begins. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
