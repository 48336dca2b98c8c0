/** Whose hours are meant, and which of them are the night. */
import { Button, Group, Popover, Select, Stack } from '@mantine/core'
import { IconMoon } from '@tabler/icons-react'
import type { Model } from '../../api/types'
import { allZones, viewerZone, zoneName } from '../../app/zones'
import { useChange } from './AnalyticsFilters'
import { hourName, NIGHT } from './asked'

const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: hourName(hour) }))
const ZONES = () => allZones().map(zone => ({ value: zone, label: zoneName(zone) }))

export function HoursSettings({ report }: { report: Model<'PageLoadReport'> }) {
  const { night_from: from, night_until: until, time_zone: zone } = report
  const change = useChange()
  const inPlace = { withinPortal: false }
  return (
    <Popover position="bottom-end" width={300} withinPortal>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconMoon size={16} aria-hidden />}>
          Night {hourName(from)}–{hourName(until)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Group grow>
            <Select
              label="Night from"
              allowDeselect={false}
              comboboxProps={inPlace}
              data={HOURS}
              value={String(from)}
              onChange={value => change({ night_from: Number(value) === NIGHT.from ? undefined : Number(value) })}
            />
            <Select
              label="until"
              allowDeselect={false}
              comboboxProps={inPlace}
              data={HOURS}
              value={String(until)}
              onChange={value => change({ night_until: Number(value) === NIGHT.until ? undefined : Number(value) })}
            />
          </Group>
          <Select
            label="Time zone"
            description="Of hours and days, for everybody."
            searchable
            allowDeselect={false}
            comboboxProps={inPlace}
            data={ZONES()}
            value={zone}
            onChange={value => change({ time_zone: !value || value === viewerZone ? undefined : value })}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
