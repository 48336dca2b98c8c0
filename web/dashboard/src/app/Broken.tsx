/** What is shown in place of a screen that broke, or that there is not. */
import { Button, Group } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Unreachable } from '../api/problem'
import { Empty } from '../components/Empty'
import { LinkButton } from '../components/links'
import { Page } from '../components/Page'
import { ProblemAlert } from '../components/ProblemAlert'

/** A script that could not be fetched: no connection, or a newer version is out. */
function isUnfetched(error: unknown): boolean {
  return error instanceof Error && /imported module|importing a module script|unable to preload/i.test(error.message)
}

export function Broken({ error, reset }: ErrorComponentProps) {
  return isUnfetched(error) ? <Unfetched /> : <Failed error={error} onRetry={reset} />
}

/** A screen whose script is not here yet: the page is loaded again once there is a connection. */
function Unfetched() {
  useEffect(() => {
    const again = () => window.location.reload()
    window.addEventListener('online', again)
    return () => window.removeEventListener('online', again)
  }, [])
  return (
    <Page title="No connection" description="This screen opens by itself once the connection is back." width="narrow">
      <ProblemAlert error={new Unreachable()} onRetry={navigator.onLine ? () => window.location.reload() : undefined} />
    </Page>
  )
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Page title="This screen broke" width="narrow">
      <ProblemAlert error={error} onRetry={onRetry} />
      <Group mt="md">
        <Button variant="default" onClick={() => window.location.reload()}>
          Load the page again
        </Button>
      </Group>
    </Page>
  )
}

export function Missing() {
  return (
    <Page title="Nothing here" width="narrow">
      <Empty
        icon={IconMapOff}
        title="There is no such page"
        action={<LinkButton to="/">Go to your incidents</LinkButton>}
      >
        The address may be mistyped, or what was there is gone.
      </Empty>
    </Page>
  )
}
