/** Where a screen is about to be. */
import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import classes from './Loading.module.css'

export function Loading() {
  return (
    <Stack className={classes.loading} gap="md">
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      <Skeleton h={28} w="40%" />
      <Skeleton h={72} />
      <Skeleton h={72} />
      <Skeleton h={72} />
    </Stack>
  )
}
