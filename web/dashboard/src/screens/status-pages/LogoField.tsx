/** A page's logo for light or for dark grounds: what there is, another one, or none. */
import { Button, Card, FileButton, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../../api/problem'
import { useApi } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useWhyNot } from '../../components/WhyNot'
import { pageQueries, type StatusPage } from './queries'

const KINDS = 'image/png,image/jpeg,image/webp'

/** A file as an address that an image can have. */
export function dataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error ?? new Error('The file can’t be read.'))
    reader.readAsDataURL(file)
  })
}

interface Properties {
  page: StatusPage
  variant: 'light' | 'dark'
  /** Told what was chosen here, or that there is none any more. */
  onPicture: (picture: string | undefined) => void
}

export function LogoField({ page, variant, onPicture }: Properties) {
  const api = useApi()
  const queries = useQueryClient()
  const why = useWhyNot('admin')
  const logo = page.logos.find(one => one.variant === variant)
  const [alt, setAlt] = useState(logo?.alt ?? page.name)
  const path = { page_id: page.id, variant }
  const saved = (made: StatusPage) => {
    queries.setQueryData(pageQueries(api, page.id).page.queryKey, made)
    return queries.invalidateQueries({ queryKey: api.topic('status-pages') })
  }
  const write = useMutation({
    mutationFn: async (file: File) => {
      const made = await api.putFile('/v1/status-pages/{page_id}/logos/{variant}', { path, query: { alt } }, file)
      onPicture(await dataUrl(file))
      return made
    },
    onSuccess: saved,
  })
  const end = async () => {
    const made = await api.delete('/v1/status-pages/{page_id}/logos/{variant}', { path })
    onPicture(undefined)
    await saved(made)
  }
  return (
    <Card>
      <Stack gap="sm">
        <div>
          <Title order={2} size="h3">
            Logo on {variant} grounds
          </Title>
          <Text size="sm" c="dimmed">
            {logo
              ? `${logo.width} × ${logo.height} px, ${Math.ceil(logo.bytes / 1024)} kB`
              : 'PNG, JPEG or WebP, at most 128 kB. Without one the page’s name is written.'}
          </Text>
        </div>
        <ProblemAlert error={write.error} />
        <TextInput
          label="What it shows"
          description="For who can’t see it."
          maxLength={200}
          disabled={why !== null}
          value={alt}
          error={fieldErrors(write.error)['query.alt']}
          onChange={({ currentTarget }) => setAlt(currentTarget.value)}
        />
        <Group>
          <FileButton accept={KINDS} disabled={why !== null} onChange={file => file && write.mutate(file)}>
            {props => (
              <Button
                {...props}
                variant="default"
                leftSection={<IconUpload size={18} aria-hidden />}
                disabled={why !== null}
                loading={write.isPending}
              >
                {logo ? 'Choose another' : 'Choose a picture'}
              </Button>
            )}
          </FileButton>
          {logo && (
            <ConfirmButton
              c="red"
              disabled={why !== null}
              question="Take the logo off?"
              consequence="The page’s name is written in its place."
              confirm="Take it off"
              onConfirm={end}
            >
              Remove
            </ConfirmButton>
          )}
        </Group>
      </Stack>
    </Card>
  )
}
