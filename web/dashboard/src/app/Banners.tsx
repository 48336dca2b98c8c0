/** What holds for every screen and must not be overlooked: the demo, no connection or answer, a coming deletion. */
import { IconAlertTriangle, IconCloudOff, IconEye, IconTrash } from '@tabler/icons-react'
import { onlineManager, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useSyncExternalStore } from 'react'
import { titleOf } from '../api/problem'
import { formatShortly } from '../components/Time'
import classes from './Banners.module.css'
import { meQuery } from './me'
import { useOrganization } from './organization'

const AGAIN_MS = 10_000

function Banner({ tone, icon, children }: { tone: 'yellow' | 'red' | 'blue'; icon: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.banner} data-tone={tone} role="status">
      {icon}
      <span>{children}</span>
    </div>
  )
}

const subscribe = (listener: () => void) => onlineManager.subscribe(listener)

/** What went wrong when it was last asked who is here: the screens stay, and it is asked again until there is an answer. */
function useFailure(isDemo: boolean): Error | null {
  return useQuery({
    ...meQuery,
    enabled: !isDemo,
    refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
  }).error
}

export function Banners() {
  const isOnline = useSyncExternalStore(subscribe, () => onlineManager.isOnline())
  const { isDemo, deletesAt } = useOrganization()
  const failure = useFailure(isDemo)
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
      {isOnline && failure && (
        <Banner tone="yellow" icon={<IconAlertTriangle size={18} aria-hidden />}>
          <strong>{titleOf(failure)}.</strong> What you see may be old, and actions may fail. It is tried again by
          itself.
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
