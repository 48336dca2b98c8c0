/** A report's rows as a file, as the API gives it. */
import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { serverNow } from '../../api/clock'
import { useApi } from '../../app/organization'
import { download } from '../../components/download'
import { notifyProblem } from '../../components/notices'
import type { askedOf } from './asked'

type Asked = ReturnType<typeof askedOf>
type Format = 'csv' | 'jsonl'

const FORMATS: Readonly<Record<Format, string>> = { csv: 'CSV, for a spreadsheet', jsonl: 'JSON lines, for a program' }
const TYPES: Readonly<Record<Format, string>> = { csv: 'text/csv', jsonl: 'application/x-ndjson' }
const DATE = 10

export type Wanted =
  | { report: 'response-times'; query: Asked['response'] }
  | { report: 'pages'; query: Asked['pages'] }
  | { report: 'services'; query: Asked['services'] }

export function ExportMenu({ report, query, label }: Wanted & { label: string }) {
  const api = useApi()
  const run = useMutation({
    mutationFn: async (format: Format) => {
      const { text } = await api.file(`/v1/analytics/${report}/export`, { query: { ...query, format } })
      const name = `${report}-${new Date(serverNow()).toISOString().slice(0, DATE)}.${format}`
      download(name, new Blob([text], { type: TYPES[format] }))
    },
    onError: notifyProblem,
  })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={run.isPending}
          aria-label={`Export ${label}`}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(FORMATS).map(([format, words]) => (
          <Menu.Item key={format} onClick={() => run.mutate(format as Format)}>
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
