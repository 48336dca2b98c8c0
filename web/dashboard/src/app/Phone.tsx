/** A phone's bar at the top and tabs at the bottom, within reach of a thumb. */
import { UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots } from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { AccountMenu } from './AccountMenu'
import { isAt, TABS } from './navigation'
import { OrganizationMenu } from './OrganizationMenu'
import { useOrganization } from './organization'
import classes from './Phone.module.css'
import { UnansweredCount } from './UnansweredCount'

const MoreDrawer = lazy(async () => ({ default: (await import('./MoreDrawer')).MoreDrawer }))

export function PhoneBar() {
  return (
    <header className={classes.bar}>
      <OrganizationMenu />
      <AccountMenu compact />
    </header>
  )
}

export function PhoneTabs() {
  const { id } = useOrganization()
  const [wasOpen, setWasOpen] = useState(false)
  const [isOpen, { open, close }] = useDisclosure(false, { onOpen: () => setWasOpen(true) })
  const path = useRouterState({ select: state => state.location.pathname })
  const isElsewhere = !TABS.some(one => isAt(one, path, id))
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes whenever another screen is shown
  useEffect(close, [path])
  return (
    <>
      <nav aria-label="Tabs" className={classes.tabs}>
        {TABS.map(one => (
          <Link
            key={one.label}
            to={one.to}
            params={{ org: id }}
            className={classes.tab}
            aria-current={isAt(one, path, id) ? 'page' : undefined}
          >
            <one.icon size={24} stroke={1.7} aria-hidden />
            {one.label}
            {one.to === '/o/$org/incidents' && <UnansweredCount />}
          </Link>
        ))}
        <UnstyledButton className={classes.tab} onClick={open} aria-current={isElsewhere ? 'page' : undefined}>
          <IconDots size={24} stroke={1.7} aria-hidden />
          More
        </UnstyledButton>
      </nav>
      {wasOpen && (
        <Suspense>
          <MoreDrawer isOpen={isOpen} onClose={close} />
        </Suspense>
      )}
    </>
  )
}
