/** A key that was just made: shown this once, and closed only by who says that they have it. */
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getConfig } from '../../api/config'
import type { Model } from '../../api/types'
import { CopyText } from '../../components/CopyText'
import { useKept } from '../../components/useKept'

interface Properties {
  made: Model<'NewApiKey'> | undefined
  onClose: () => void
}

export function MadeKeyModal({ made, onClose }: Properties) {
  const shown = useKept(made)
  return (
    <Modal
      opened={made !== undefined}
      onClose={onClose}
      title="Copy the key now"
      size="lg"
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      {shown && <Shown made={shown} onClose={onClose} />}
    </Modal>
  )
}

function Shown({ made, onClose }: { made: Model<'NewApiKey'>; onClose: () => void }) {
  const config = useQuery({ queryKey: [null, 'config'], queryFn: getConfig, staleTime: Number.POSITIVE_INFINITY })
  return (
    <Stack>
      <Alert color="yellow" icon={<IconEyeOff aria-hidden />} title="It is shown this once">
        We keep no copy. If it gets lost, replace it; if somebody else may have seen it, revoke it.
      </Alert>
      <CopyText text={made.key} label="key" />
      {config.data && (
        <div>
          <Text size="sm" fw={600} mb={4}>
            Try it
          </Text>
          <CopyText
            block
            label="a first call"
            text={`curl ${config.data.api}/v1/incidents \\\n  -H "Authorization: Bearer ${made.key}"`}
          />
        </div>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>I have copied it</Button>
      </Group>
    </Stack>
  )
}
