/** Mantine's buttons and the like as links of the router: real anchors, whose `to` and `params` are checked. */
import { ActionIcon, Anchor, Button, Menu } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

export const LinkButton = createLink((props: ComponentProps<typeof Button<'a'>>) => <Button component="a" {...props} />)

export const LinkIcon = createLink((props: ComponentProps<typeof ActionIcon<'a'>>) => (
  <ActionIcon component="a" {...props} />
))

export const LinkAnchor = createLink((props: ComponentProps<typeof Anchor<'a'>>) => <Anchor component="a" {...props} />)

export const LinkMenuItem = createLink((props: ComponentProps<typeof Menu.Item<'a'>>) => (
  <Menu.Item component="a" {...props} />
))
