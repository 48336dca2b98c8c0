/** Where Slack tells how to make an incoming webhook. */
import { Anchor } from '@mantine/core'

export function SlackHelp() {
  return (
    <Anchor href="https://api.slack.com/messaging/webhooks" target="_blank" rel="noreferrer" underline="always" inherit>
      How to make one
    </Anchor>
  )
}
