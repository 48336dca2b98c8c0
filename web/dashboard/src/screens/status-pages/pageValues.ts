/** A status page as its forms have it, and as the API takes it. */
import type { Model } from '../../api/types'
import type { StatusPage } from './queries'

export type PageInput = Model<'StatusPageInput'>

/** What is set of a page but how it looks. */
export type SettingValues = {
  name: string
  slug: string
  description: string
  time_zone: string
  automatic: StatusPage['automatic']
  home_url: string
  support_url: string
  is_indexed: boolean
  subscribe_channels: StatusPage['subscribe_channels']
}

export type LookValues = {
  accent: string
  accent_dark: string
}

export function settingsOf(page: StatusPage): SettingValues {
  const { name, slug, description, time_zone, automatic, is_indexed, subscribe_channels } = page
  const urls = { home_url: page.home_url ?? '', support_url: page.support_url ?? '' }
  return { name, slug, description, time_zone, automatic, is_indexed, subscribe_channels, ...urls }
}

export function looksOf({ accent, accent_dark }: StatusPage): LookValues {
  return { accent: accent ?? '', accent_dark: accent_dark ?? '' }
}

export function settingsInput(values: SettingValues): Partial<PageInput> {
  return {
    ...values,
    name: values.name.trim(),
    slug: values.slug.trim(),
    home_url: values.home_url.trim() || null,
    support_url: values.support_url.trim() || null,
  }
}

export function looksInput(values: LookValues): Partial<PageInput> {
  return { accent: values.accent.trim() || null, accent_dark: values.accent_dark.trim() || null }
}

/** A page as it is, to be sent whole with what changes. */
export function inputOf(page: StatusPage): PageInput {
  const { name, slug, description, time_zone, visibility, automatic, is_indexed } = page
  const { home_url, support_url, accent, accent_dark, subscribe_channels } = page
  const own = { name, slug, description, time_zone, visibility, automatic, is_indexed }
  return { ...own, home_url, support_url, accent, accent_dark, subscribe_channels }
}

/** A colour that a refusal says would do. */
export function offeredColour(reason: unknown): string | undefined {
  return typeof reason === 'string' ? /nearest colour that would do is (#[0-9a-f]{6})/i.exec(reason)?.[1] : undefined
}
