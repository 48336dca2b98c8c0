/** A page as the public will see it: its head, its headline and its components, on light or dark grounds. */
import type { CSSProperties } from 'react'
import type { Model } from '../../api/types'
import { runsOf } from './arranging'
import classes from './Preview.module.css'
import type { Component, StatusPage } from './queries'
import { COMPONENT_STATUSES, type ComponentStatus, HEADLINES } from './words'

export type Scheme = 'light' | 'dark'

const COLOUR = /^#[0-9a-f]{6}$/i
const WORDS = Object.fromEntries(COMPONENT_STATUSES.map(one => [one.value, one.label])) as Record<
  ComponentStatus,
  string
>

interface Properties {
  page: StatusPage
  told: Model<'PageTold'> | undefined
  components: readonly Component[]
  scheme: Scheme
  accent: string
  /** A logo that was chosen here. */
  picture: string | undefined
}

export function Preview({ page, told, components, scheme, accent, picture }: Properties) {
  const style = COLOUR.test(accent) ? ({ '--own': accent } as CSSProperties) : undefined
  const headline = HEADLINES[told?.indicator ?? 'none']
  return (
    <div className={classes.page} data-scheme={scheme} style={style}>
      <div className={classes.top}>
        <Brand page={page} scheme={scheme} picture={picture} />
        <span className={classes.nav} aria-hidden>
          <span>Status</span> <span>History</span>
          {page.subscribe_channels.length > 0 && <span className={classes.button}>Subscribe</span>}
        </span>
      </div>
      <div className={classes.body}>
        <p className={classes.headline} data-status={headline.state}>
          {headline.word}
        </p>
        {page.description && <p className={classes.description}>{page.description}</p>}
        <Parts told={told} components={components} />
      </div>
    </div>
  )
}

function Brand({ page, scheme, picture }: Pick<Properties, 'page' | 'scheme' | 'picture'>) {
  const logo = page.logos.find(one => one.variant === scheme)
  if (logo && picture) return <img className={classes.logo} src={picture} alt={logo.alt} />
  return (
    <span className={classes.brand}>
      {page.name}
      {logo && <small> (your logo is shown here)</small>}
    </span>
  )
}

/** As the public knows them: in order, those that are shown. */
function Parts({ told, components }: Pick<Properties, 'told' | 'components'>) {
  if (!told) return null
  const shown = new Map(told.components.filter(one => one.is_shown).map(one => [one.id, one]))
  const groups = new Map(told.groups.map(one => [one.id, one]))
  const parts = (run: readonly Component[]) =>
    run.map(one => (
      <li key={one.id}>
        <Part name={one.name} status={shown.get(one.id)?.status} />
      </li>
    ))
  return (
    <ul className={classes.parts}>
      {runsOf(components.filter(one => shown.has(one.id))).map(run => {
        const group = groups.get(run[0]?.group_id ?? '')
        if (!group) return parts(run)
        return (
          <li key={group.id} className={classes.group}>
            <Part name={group.name} status={group.status} isHead />
            <ul>{parts(run)}</ul>
          </li>
        )
      })}
    </ul>
  )
}

function Part({ name, status, isHead }: { name: string; status: ComponentStatus | undefined; isHead?: true }) {
  return (
    <div className={classes.part} data-head={isHead}>
      <span className={classes.name}>{name}</span>
      {status && (
        <span className={classes.status} data-status={status}>
          {WORDS[status]}
        </span>
      )}
    </div>
  )
}
