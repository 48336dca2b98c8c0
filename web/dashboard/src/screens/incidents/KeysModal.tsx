/** The keyboard of the list, told, and switched on or off. */
import { Kbd, Modal, Switch, Table } from '@mantine/core'
import { KEYS, useKeysWanted } from './useKeys'

export function KeysModal({ onClose }: { onClose: () => void }) {
  const [isWanted, setWanted] = useKeysWanted()
  return (
    <Modal opened onClose={onClose} title="Keyboard">
      <Switch
        mb="sm"
        label="Use these keys on this device"
        checked={isWanted}
        onChange={event => setWanted(event.currentTarget.checked)}
      />
      <Table c={isWanted ? undefined : 'dimmed'}>
        <Table.Tbody>
          {KEYS.map(([key, does]) => (
            <Table.Tr key={key}>
              <Table.Td w={104}>
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
