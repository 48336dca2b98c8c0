/** What would happen, instant by instant, in words. */
import type { Model } from '../../api/types'
import { channelOf } from '../incidents/fates'

export type Simulation = Model<'Simulation'>
type Page = Model<'SimulatedPage'>
type Entry = Model<'SimulatedTimelineEntry'>

export interface Line {
  key: string
  tone: 'page' | 'bad' | 'plain' | 'good'
  /** Of a page by which way it goes. */
  channel?: string
  text: string
  note?: string
}

export interface Moment {
  at: string
  /** Seconds after the first event. */
  after: number
  lines: Line[]
}

const TONES: Readonly<Record<Page['fate'], Line['tone']>> = {
  sent: 'page',
  cancelled: 'plain',
  failed: 'bad',
  waiting: 'plain',
}

function placeOf({ step_id: step, position, round, retry }: Page): string {
  if (position < 0) return 'called in'
  if (step === null) return 'fallback'
  return [`step ${position + 1}`, round > 0 && `round ${round + 1}`, retry > 0 && `repetition ${retry}`]
    .filter(Boolean)
    .join(', ')
}

function fateOf({ fate, reason }: Page): string | null {
  if (fate === 'sent') return null
  const because = reason ? `: ${reason.replaceAll('_', ' ')}` : ''
  return `${{ cancelled: 'not sent', failed: 'failed', waiting: 'still waiting' }[fate]}${because}`
}

/** A name, or where it goes to: `email:ops@example.com` is a target. */
export function whoOf({ name, address, target }: Page): string {
  return name ?? address ?? target.replace(/^\w+:/, '')
}

function pageLine(page: Page, index: number): Line {
  const who = whoOf(page)
  return {
    key: `page.${index}`,
    tone: TONES[page.fate],
    channel: page.channel,
    text: `${who} · ${channelOf(page.channel).name}`,
    note: [placeOf(page), page.address === who ? null : page.address, fateOf(page)].filter(Boolean).join(' · '),
  }
}

function text(data: Entry['data'], name: string): string | null {
  const value = data[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

function whyOnCall(data: Entry['data']): string | null {
  const found = data.on_call
  if (typeof found !== 'object' || found === null) return null
  return Object.entries(found)
    .map(([who, why]) => `${who} is ${String(why)}`)
    .join('; ')
}

/** A line of the timeline, where it says more than pages do. */
function entryLine({ kind, data, id, target_name: target, actor_name: actor }: Entry): Line | null {
  const step = text(data, 'step')
  const reason = text(data, 'reason')
  const line = (words: string, tone: Line['tone'] = 'plain'): Line => ({
    key: id,
    tone,
    text: words,
    note: reason ?? undefined,
  })
  switch (kind) {
    case 'triggered':
      return line('The incident opens')
    case 'acknowledged':
      return line(`Somebody acknowledges${actor ? `: ${actor}` : ''}`, 'good')
    case 'resolved':
      return line('It is resolved', 'good')
    case 'paged': {
      const why = whyOnCall(data)
      return why ? { ...line(`Step ${step} is taken`), note: why } : null
    }
    case 'step_passed':
      return line(`Step ${step} is passed`)
    case 'step_reached_nobody':
      return line(`Step ${step ?? ''} reaches nobody: the next one is taken at once`, 'bad')
    case 'target_unreachable':
      return line(`${target ?? 'A target'} can’t be reached`, 'bad')
    case 'escalation_exhausted':
      return line('No step is left')
    case 'escalation_muted':
    case 'step_held_back':
      return line(kind === 'step_held_back' ? `Step ${step} waits: all paging is stopped` : 'Nobody is paged', 'bad')
    default:
      return null
  }
}

/** The instants at which something would happen, in their order. */
export function momentsOf({ at: start, pages, timeline }: Simulation): Moment[] {
  const found = [
    ...timeline.map(entry => ({ at: entry.at, line: entryLine(entry) })),
    ...pages.map((page, index) => ({ at: page.sent_at ?? page.due_at, line: pageLine(page, index) })),
  ].filter((one): one is { at: string; line: Line } => one.line !== null)
  const moments = Map.groupBy(found, one => Date.parse(one.at))
  return [...moments]
    .sort(([a], [b]) => a - b)
    .map(([at, some]) => ({
      at: new Date(at).toISOString(),
      after: Math.round((at - Date.parse(start)) / 1_000),
      lines: some.map(one => one.line),
    }))
}
