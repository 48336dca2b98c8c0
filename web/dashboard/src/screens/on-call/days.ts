/** Calendar days of a time zone, and where instants lie among them. */
import { instantOf, wallAt } from '../../app/zones'

export interface Day {
  /** `2026-11-21`. */
  date: string
  startsAt: number
  endsAt: number
}

/** A part of a row of days, in percent of its width; `isCut…` where it goes on beyond the row. */
export interface Stretch {
  left: number
  width: number
  isCutLeft: boolean
  isCutRight: boolean
}

const WEEK = 7
const HUNDRED = 100
const DAY_MS = 86_400_000

/** The date so many days later. */
export function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

export function dateAt(instant: number, zone: string): string {
  return wallAt(instant, zone).slice(0, 10)
}

/** The Monday on or before a date. */
export function mondayOf(date: string): string {
  const weekday = new Date(`${date}T00:00Z`).getUTCDay()
  return dateAfter(date, -((weekday + WEEK - 1) % WEEK))
}

/** The first of the month so many months later. */
export function monthAfter(date: string, months: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10)
}

/** Days one after another; one that clocks make longer or shorter is as wide as the others. */
export function daysFrom(date: string, count: number, zone: string): Day[] {
  const starts = Array.from({ length: count + 1 }, (_, index) => {
    const day = dateAfter(date, index)
    return { date: day, at: instantOf(`${day}T00:00`, zone) ?? 0 }
  })
  return starts
    .slice(0, count)
    .map(({ date: day, at }, index) => ({ date: day, startsAt: at, endsAt: starts[index + 1]?.at ?? at + DAY_MS }))
}

/** The weeks that a month touches, each from its Monday. */
export function weeksOfMonth(date: string, zone: string): Day[][] {
  const next = monthAfter(date, 1)
  const weeks: Day[][] = []
  for (let monday = mondayOf(monthAfter(date, 0)); monday < next; monday = dateAfter(monday, WEEK))
    weeks.push(daysFrom(monday, WEEK, zone))
  return weeks
}

function positionOf(days: readonly Day[], instant: number): number {
  const index = days.findIndex(day => instant < day.endsAt)
  const day = days[index]
  if (!day) return HUNDRED
  const within = Math.max(0, (instant - day.startsAt) / (day.endsAt - day.startsAt))
  return ((index + within) / days.length) * HUNDRED
}

/** Where a time lies in a row of days; null if it doesn't. */
export function stretchIn(days: readonly Day[], startsAt: number, endsAt: number): Stretch | null {
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last || endsAt <= first.startsAt || startsAt >= last.endsAt) return null
  const left = positionOf(days, startsAt)
  return {
    left,
    width: positionOf(days, endsAt) - left,
    isCutLeft: startsAt < first.startsAt,
    isCutRight: endsAt > last.endsAt,
  }
}

/** The instant at a place in a row of days (0 to 1), to the nearest of so many parts that each day has. */
export function instantIn(days: readonly Day[], place: number, parts: number): number {
  const steps = Math.round(Math.min(1, Math.max(0, place)) * days.length * parts)
  const day = days[Math.floor(steps / parts)]
  if (!day) return days.at(-1)?.endsAt ?? 0
  const within = (day.endsAt - day.startsAt) * ((steps % parts) / parts)
  return day.startsAt + within
}
