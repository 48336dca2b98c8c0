/** The order of a page: components that are in no group, and groups with theirs, as blocks that can be moved. */
import type { Model } from '../../api/types'
import type { Component, Group } from './queries'

export type Block = { group: null; components: [Component] } | { group: Group; components: Component[] }

interface Arranged {
  groups: Group[]
  components: Component[]
}

/** The blocks of a page, in the order they are shown in. */
export function blocksOf({ groups, components }: Arranged): Block[] {
  const blocks: Block[] = [
    ...components.filter(one => one.group_id === null).map((one): Block => ({ group: null, components: [one] })),
    ...groups.map((group): Block => ({ group, components: components.filter(one => one.group_id === group.id) })),
  ]
  return blocks.sort((a, b) => headOf(a).position - headOf(b).position)
}

function headOf(block: Block): Group | Component {
  return block.group === null ? block.components[0] : block.group
}

export function idOf(block: Block): string {
  return headOf(block).id
}

export function nameOf(block: Block): string {
  return block.group ? `group ${block.group.name}` : block.components[0].name
}

/** A list with one item at another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, at) => at !== from)
  return [...rest.slice(0, to), ...items.slice(from, from + 1), ...rest.slice(to)]
}

/** A component moved within its group. */
export function movedWithin(blocks: readonly Block[], group: string, from: number, to: number): Block[] {
  return blocks.map(block =>
    block.group?.id === group ? { group: block.group, components: moved(block.components, from, to) } : block,
  )
}

/** A component put into a group, last, or with null into none, last of all. */
export function movedInto(blocks: readonly Block[], component: Component, group: string | null): Block[] {
  const without = blocks.flatMap((block): Block[] => {
    if (block.group === null) return block.components[0].id === component.id ? [] : [block]
    return [{ group: block.group, components: block.components.filter(one => one.id !== component.id) }]
  })
  if (group === null) return [...without, { group: null, components: [component] }]
  return without.map(block =>
    block.group?.id === group ? { group: block.group, components: [...block.components, component] } : block,
  )
}

/** What is sent: each group and component once. */
export function orderOf(blocks: readonly Block[]): Model<'OrderInput'> {
  return {
    items: blocks.map(block =>
      block.group
        ? { group_id: block.group.id, component_ids: block.components.map(one => one.id) }
        : { component_id: block.components[0].id },
    ),
  }
}

/** Groups and components as the API will answer them once they are in this order. */
export function arranged(blocks: readonly Block[]): Arranged {
  const groups: Group[] = []
  const components: Component[] = []
  for (const block of blocks) {
    const position = () => groups.length + components.length
    if (block.group) groups.push({ ...block.group, components: block.components.length, position: position() })
    for (const one of block.components)
      components.push({ ...one, group_id: block.group?.id ?? null, position: position() })
  }
  return { groups, components }
}

/** Components in the order they are shown in, those of a group together. */
export function runsOf(components: readonly Component[]): Component[][] {
  const runs: Component[][] = []
  for (const one of components) {
    const last = runs.at(-1)
    if (one.group_id !== null && last?.[0]?.group_id === one.group_id) last.push(one)
    else runs.push([one])
  }
  return runs
}
