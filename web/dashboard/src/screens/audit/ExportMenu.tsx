/** The audit log as a file, as it is filtered, however long it is. */
import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { serverNow } from '../../api/clock'
import { useApi } from '../../app/organization'
import { download } from '../../components/download'
import { notifyProblem } from '../../components/notices'
import { type AuditQuery, exported, type FileFormat } from './exporting'

export function ExportMenu({ query }: { query: AuditQuery }) {
  const api = useApi()
  const [parts, setParts] = useState(0)
  const stop = useRef<AbortController>(undefined)
  useEffect(() => () => stop.current?.abort(), [])
  const run = useMutation({
    mutationFn: async (format: FileFormat) => {
      const stopping = new AbortController()
      stop.current = stopping
      setParts(0)
      const file = await exported(api, query, format, setParts, stopping.signal)
      download(`audit-log-${new Date(serverNow()).toISOString().slice(0, 10)}.${format}`, file)
    },
    onError: error => {
      if (!stop.current?.signal.aborted) notifyProblem(error)
    },
  })
  if (run.isPending)
    return (
      <Button variant="default" onClick={() => stop.current?.abort()}>
        Stop exporting{parts > 0 && ` (${parts} ${parts === 1 ? 'part' : 'parts'} so far)`}
      </Button>
    )
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={18} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>What is filtered, all of it</Menu.Label>
        <Menu.Item onClick={() => run.mutate('csv')}>For a spreadsheet (CSV)</Menu.Item>
        <Menu.Item onClick={() => run.mutate('jsonl')}>For programs (JSON lines)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
