/** The navigation of a wide screen, and its list of links that a phone's drawer shows too. */
import { Link, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { AccountMenu } from './AccountMenu'
import { Brand } from './Brand'
import { useIsBegun } from './firstRun'
import classes from './NavigationBar.module.css'
import { FIRST, type Item, isAt, SECTIONS } from './navigation'
import { OrganizationMenu } from './OrganizationMenu'
import { useOrganization } from './organization'
import { UnansweredCount } from './UnansweredCount'

const FindingsCount = lazy(async () => ({ default: (await import('./FindingsCount')).FindingsCount }))

function Entry({ item }: { item: Item }) {
  const { to, label, icon: Icon } = item
  const { id } = useOrganization()
  const isHere = useRouterState({ select: state => isAt(item, state.location.pathname, id) })
  return (
    <li>
      <Link to={to} params={{ org: id }} className={classes.link} aria-current={isHere ? 'page' : undefined}>
        <Icon size={20} stroke={1.7} aria-hidden />
        {label}
        {to === '/o/$org/incidents' && <UnansweredCount />}
        {to === '/o/$org/findings' && (
          <Suspense>
            <FindingsCount />
          </Suspense>
        )}
      </Link>
    </li>
  )
}

/** All sections with their links. */
export function NavigationLinks() {
  const isToBegin = useIsBegun() === false
  return (
    <nav aria-label="Main" className={classes.sections}>
      {isToBegin && (
        <ul className={classes.list}>
          <Entry item={FIRST} />
        </ul>
      )}
      {SECTIONS.map(({ label, items }) => (
        <section key={label}>
          <h2 className={classes.section}>{label}</h2>
          <ul className={classes.list}>
            {items.map(item => (
              <Entry key={item.label} item={item} />
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

export function NavigationBar() {
  return (
    <header className={classes.bar}>
      <div className={classes.head}>
        <Brand />
        <OrganizationMenu />
      </div>
      <NavigationLinks />
      <div className={classes.foot}>
        <AccountMenu />
      </div>
    </header>
  )
}
