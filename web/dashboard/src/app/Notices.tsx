/** Where short notices appear; loaded after the screen. */
import { Notifications } from '@mantine/notifications'

export function Notices() {
  return <Notifications position="top-center" autoClose={6_000} />
}
