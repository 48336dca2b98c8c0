/** All there is to go to, on a phone. */
import { Drawer } from '@mantine/core'
import { NavigationLinks } from './NavigationBar'

export function MoreDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Drawer opened={isOpen} onClose={onClose} position="bottom" size="80%" title="Go to" radius="lg">
      <NavigationLinks />
    </Drawer>
  )
}
