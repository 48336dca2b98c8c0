/** Monitors as a document: out, and in again by name, told first what would change. */
import { Alert, Button, Card, FileButton, Group, Stack, Text, Textarea, Title } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Problem } from '../../api/problem'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { CopyText } from '../../components/CopyText'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { ImportReport } from './ImportReport'
import { readDocument } from './monitorDocument'

export function DocumentScreen() {
  const { id: org } = useOrganization()
  return (
    <Page
      title="Import and export"
      description="All monitors as one document, with everything by name: kept beside your code, reviewed, and brought in again."
      width="narrow"
      back={{ label: 'Monitors', to: '/o/$org/monitors', params: { org } }}
    >
      <Stack>
        <Export />
        <Import />
        <Card>
          <Title order={2} size="h4" mb="xs">
            In a pipeline
          </Title>
          <Text size="sm" mb="sm">
            The command line does the same with YAML, and puts values of secrets in from the environment.
          </Text>
          <CopyText
            block
            label="commands"
            text={'tocsin monitors export > monitors.yaml\ntocsin monitors import -f monitors.yaml --dry-run'}
          />
        </Card>
      </Stack>
    </Page>
  )
}

/** Hand a file to the browser's downloads. */
function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

function Export() {
  const api = useApi()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: () => queries.fetchQuery({ ...api.get('/v1/monitors/export'), staleTime: 0 }),
    onSuccess: found => download('monitors.json', `${JSON.stringify(found, null, 2)}\n`),
  })
  return (
    <Card>
      <Title order={2} size="h4" mb="xs">
        Export
      </Title>
      <Text size="sm" mb="sm">
        Secrets are named in it, and not told.
      </Text>
      <Button
        variant="default"
        leftSection={<IconDownload size={18} aria-hidden />}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        Download monitors.json
      </Button>
      <ProblemAlert error={save.error} />
    </Card>
  )
}

function Import() {
  const api = useApi()
  const queries = useQueryClient()
  const why = useWhyNot('admin', 'any')
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const run = useMutation({
    mutationFn: ({ body, dry }: { body: Model<'MonitorsDocument'>; dry: boolean }) =>
      api.post('/v1/monitors/import', { query: { dry_run: dry }, body }),
    onSuccess: async report => {
      if (!report.dry_run) await queries.invalidateQueries({ queryKey: api.topic('monitors') })
    },
  })
  const change = (found: string) => {
    setText(found)
    setWrong(null)
    run.reset()
  }
  const begin = (dry: boolean) => {
    const body = readDocument(text)
    if (typeof body === 'string') return setWrong(body)
    run.mutate({ body, dry })
  }
  const isChecked = run.data?.dry_run === true
  return (
    <Card>
      <Title order={2} size="h4" mb="xs">
        Import
      </Title>
      <Text size="sm" mb="sm">
        By name: what is missing is made, what differs is changed, and nothing is deleted. All of it is brought in, or
        none.
      </Text>
      <WhyNot role="admin" team="any" />
      <Stack gap="sm">
        <FileButton accept="application/json,.json" onChange={file => void file?.text().then(change)}>
          {button => (
            <Button
              variant="default"
              leftSection={<IconUpload size={18} aria-hidden />}
              disabled={why !== null}
              {...button}
            >
              Choose a file
            </Button>
          )}
        </FileButton>
        <Textarea
          label="Document"
          placeholder={
            '{"monitors": [{"name": "shop", "service": "Checkout", "spec": {"kind": "http", "url": "https://…"}}]}'
          }
          autosize
          minRows={6}
          maxRows={20}
          value={text}
          error={wrong}
          disabled={why !== null}
          onChange={({ currentTarget }) => change(currentTarget.value)}
        />
        {run.error && <DocumentProblem error={run.error} />}
        {run.data && <ImportReport report={run.data} />}
        <Group justify="flex-end">
          <Button
            variant="default"
            disabled={why !== null || !text}
            loading={run.isPending}
            onClick={() => begin(true)}
          >
            See what would change
          </Button>
          <Button
            disabled={why !== null || !isChecked}
            title={isChecked ? undefined : 'See first what would change.'}
            loading={run.isPending}
            onClick={() => begin(false)}
          >
            Import
          </Button>
        </Group>
      </Stack>
    </Card>
  )
}

/** What is refused, with each field. */
function DocumentProblem({ error }: { error: Error }) {
  const fields = error instanceof Problem ? error.fields : []
  return (
    <>
      <ProblemAlert error={error} />
      {fields.length > 1 && (
        <Alert color="red" title="Nothing was imported">
          <ul>
            {fields.slice(0, 50).map(({ field, reason }) => (
              <li key={`${field}.${reason}`}>
                <code>{field}</code>: {reason}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  )
}
