/** A component as its form has it, and as the API takes it. */
import type { Model } from '../../api/types'
import type { Component } from './queries'

export type ComponentValues = {
  name: string
  description: string
  group_id: string | null
  monitor_ids: string[]
  service_ids: string[]
  shows_uptime: boolean
  shows_latency: boolean
  only_if_degraded: boolean
}

const NEW: ComponentValues = {
  name: '',
  description: '',
  group_id: null,
  monitor_ids: [],
  service_ids: [],
  shows_uptime: true,
  shows_latency: false,
  only_if_degraded: false,
}

/** What the form begins with. */
export function componentValues(component: Component | undefined): ComponentValues {
  if (!component) return NEW
  const { name, description, group_id, monitor_ids, service_ids } = component
  const { shows_uptime, shows_latency, only_if_degraded } = component
  return { name, description, group_id, monitor_ids, service_ids, shows_uptime, shows_latency, only_if_degraded }
}

export function componentInput(values: ComponentValues): Model<'ComponentInput'> {
  return { ...values, name: values.name.trim() }
}
