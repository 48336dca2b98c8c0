/** Incidents about to be shown. */
import { Card, Skeleton, Stack, VisuallyHidden } from '@mantine/core'

export function ListSkeleton() {
  return (
    <Card>
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      <Stack gap="lg" py="xs">
        {['70%', '55%', '62%', '48%', '66%'].map(width => (
          <div key={width}>
            <Skeleton h={16} w={width} />
            <Skeleton h={12} w="30%" mt={10} />
          </div>
        ))}
      </Stack>
    </Card>
  )
}
