/** Everything the organization owns as a file, without secrets. */
import { Button, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { serverNow } from '../../api/clock'
import { useApi } from '../../app/organization'
import { download } from '../../components/download'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useWhyNot } from '../../components/WhyNot'
import { exported, exportName } from './exporting'
import type { Organization } from './GeneralForm'
import { Section } from './Section'

export function ExportCard({ organization }: { organization: Organization }) {
  const api = useApi()
  const why = useWhyNot('owner')
  const [records, setRecords] = useState(0)
  const stop = useRef<AbortController>(undefined)
  useEffect(() => () => stop.current?.abort(), [])
  const run = useMutation({
    mutationFn: async () => {
      setRecords(0)
      stop.current = new AbortController()
      const file = await exported(api, setRecords, stop.current.signal)
      download(exportName(organization.name, serverNow()), file)
    },
  })
  const wasStopped = stop.current?.signal.aborted
  return (
    <>
      {!wasStopped && <ProblemAlert error={run.error} />}
      <Section
        title="Export"
        action={
          run.isPending ? (
            <Button variant="default" onClick={() => stop.current?.abort()}>
              Stop
            </Button>
          ) : (
            <Button
              variant="default"
              leftSection={<IconDownload size={18} aria-hidden />}
              disabled={why !== null}
              title={why ?? undefined}
              onClick={() => run.mutate()}
            >
              Export everything
            </Button>
          )
        }
      >
        All that the organization owns, a record a line, without keys and other secrets. Only owners can export.
        <Text size="sm" role="status" mt={run.isIdle ? 0 : 4}>
          {run.isPending && `${records} records so far…`}
          {run.isSuccess && `${records} records were exported.`}
        </Text>
      </Section>
    </>
  )
}
