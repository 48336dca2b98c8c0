/** Said loudly: nobody is paged for now. */
import { Alert } from '@mantine/core'
import { IconBellOff } from '@tabler/icons-react'
import type { Model } from '../../api/types'
import { Clock } from '../../components/Time'

export function PagingStopped({ stop }: { stop: Model<'PagingStop'> | null | undefined }) {
  if (!stop) return null
  return (
    <Alert
      role="alert"
      color="red"
      variant="filled"
      mb="md"
      icon={<IconBellOff aria-hidden />}
      title="Nobody is paged in this organization"
    >
      {stop.reason} — until <Clock at={stop.ends_at} />. What is due meanwhile waits.
    </Alert>
  )
}
