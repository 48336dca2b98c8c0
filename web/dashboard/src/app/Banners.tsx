/** What holds for every screen and must not be overlooked: the demo, no connection, no paging, a coming deletion. */
import { IconCloudOff, IconEye, IconTrash } from '@tabler/icons-react'
import { onlineManager } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useSyncExternalStore } from 'react'
import { formatShortly } from '../components/Time'
import classes from './Banners.module.css'
import { useOrganization } from './organization'

function Banner({ tone, icon, children }: { tone: 'yellow' | 'red' | 'blue'; icon: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.banner} data-tone={tone} role="status">
      {icon}
      <span>{children}</span>
    </div>
  )
}

const subscribe = (listener: () => void) => onlineManager.subscribe(listener)

export function Banners() {
  const isOnline = useSyncExternalStore(subscribe, () => onlineManager.isOnline())
  const { isDemo, deletesAt } = useOrganization()
  return (
    <>
      {isDemo && (
        <Banner tone="blue" icon={<IconEye size={18} aria-hidden />}>
          <strong>This is the demo.</strong> Look at everything; it is read-only, and nothing here is real.{' '}
          <Link to="/sign-up">Sign up</Link> to have your own.
        </Banner>
      )}
      {!isOnline && (
        <Banner tone="yellow" icon={<IconCloudOff size={18} aria-hidden />}>
          <strong>You are offline.</strong> What you see may be old, and actions fail until the connection is back.
        </Banner>
      )}
      {deletesAt && (
        <Banner tone="red" icon={<IconTrash size={18} aria-hidden />}>
          <strong>This organization is to be deleted</strong> on {formatShortly(deletesAt)}. Its owner can take that
          back in its settings.
        </Banner>
      )}
    </>
  )
}
