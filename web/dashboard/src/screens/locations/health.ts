/** What the shards of a region have reported, as one. */
import type { Model } from '../../api/types'

type Shard = Model<'ShardHealth'>

export interface RegionHealth {
  readonly region: string
  readonly status: NonNullable<Shard['region_status']> | 'unknown'
  readonly due: number
  readonly done: number
  readonly missed: number
  /** The latest of its shards. */
  readonly latenessMs: number | null
  readonly endsAt: string
}

/** Regions by name, what is private last. */
export function regionsOf(shards: readonly Shard[]): RegionHealth[] {
  const found = new Map<string, RegionHealth>()
  for (const shard of shards) {
    const before = found.get(shard.region)
    const late = [before?.latenessMs ?? null, shard.lateness_ms_p99].filter(one => one !== null)
    found.set(shard.region, {
      region: shard.region,
      status: shard.region_status ?? before?.status ?? 'unknown',
      due: (before?.due ?? 0) + shard.due,
      done: (before?.done ?? 0) + shard.done,
      missed: (before?.missed ?? 0) + shard.missed,
      latenessMs: late.length > 0 ? Math.max(...late) : null,
      endsAt: before && before.endsAt > shard.ends_at ? before.endsAt : shard.ends_at,
    })
  }
  const isOwn = (one: RegionHealth) => Number(one.region.startsWith('private:'))
  return [...found.values()].sort((a, b) => isOwn(a) - isOwn(b) || a.region.localeCompare(b.region))
}
