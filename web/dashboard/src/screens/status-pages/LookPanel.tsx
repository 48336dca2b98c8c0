/** How a page looks: its colours and logos, beside a picture of it that follows what is typed. */
import { Button, Card, Group, SegmentedControl, Stack, Switch } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi } from '../../app/organization'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { ColourInput } from './ColourInput'
import { LogoField } from './LogoField'
import classes from './LookPanel.module.css'
import { Preview, type Scheme } from './Preview'
import { type LookValues, looksInput, looksOf } from './pageValues'
import { pageQueries, type StatusPage } from './queries'
import { useReadPage, useSavePage } from './useSavePage'

export function LookPanel({ page }: { page: StatusPage }) {
  const why = useWhyNot('admin')
  const read = useReadPage(page.id)
  const form = useForm<LookValues>({ initialValues: looksOf(page) })
  const [pictures, setPictures] = useState<Partial<Record<Scheme, string>>>({})
  const { begun, begin } = useBegun(page, form, looksOf, () => draft.forget())
  const draft = useDraft(`status-page-look.${page.id}`, form, begun.version)
  const save = useSavePage(
    begun,
    made => {
      begin(made)
      notifyDone('Saved.')
    },
    draft.version,
  )
  const reload = async () => {
    save.reset()
    begin(await read())
  }
  const submit = (values: LookValues) =>
    save.mutate(looksInput(values), { onError: error => form.setErrors(fieldErrors(error)) })
  const isOfColour = Object.keys(fieldErrors(save.error)).some(field => field.startsWith('accent'))
  return (
    <div className={classes.columns}>
      <Stack>
        <WhyNot role="admin" />
        <Card>
          <form onSubmit={form.onSubmit(submit)}>
            <Stack>
              <StaleAlert error={save.error} onReload={() => void reload()} />
              {!isStale(save.error) && !isOfColour && <ProblemAlert error={save.error} />}
              <ColourInput
                label="Colour on light grounds"
                ours="#2a4fd0"
                disabled={why !== null}
                {...form.getInputProps('accent')}
              />
              <ColourInput
                label="Colour on dark grounds"
                ours="#93a8ff"
                disabled={why !== null}
                {...form.getInputProps('accent_dark')}
              />
              <Group justify="flex-end">
                {form.isDirty() && (
                  <Button variant="default" onClick={() => begin(page)}>
                    Discard
                  </Button>
                )}
                <Button type="submit" loading={save.isPending} disabled={why !== null || !form.isDirty()}>
                  Save
                </Button>
              </Group>
            </Stack>
          </form>
        </Card>
        {(['light', 'dark'] as const).map(variant => (
          <LogoField
            key={variant}
            page={page}
            variant={variant}
            onPicture={picture => setPictures(before => ({ ...before, [variant]: picture }))}
          />
        ))}
      </Stack>
      <LivePreview page={page} values={form.values} pictures={pictures} />
    </div>
  )
}

interface PreviewProperties {
  page: StatusPage
  values: LookValues
  pictures: Partial<Record<Scheme, string>>
}

function LivePreview({ page, values, pictures }: PreviewProperties) {
  const api = useApi()
  const [scheme, setScheme] = useState<Scheme>('light')
  const [isAutomatic, setAutomatic] = useState(page.automatic === 'publish')
  const query = isAutomatic ? { automatic: 'publish' as const } : {}
  const told = useQuery(api.get('/v1/status-pages/{page_id}/status', { path: { page_id: page.id }, query }))
  const { data: components } = useQuery(pageQueries(api, page.id).components)
  return (
    <section aria-label="Preview" className={classes.preview}>
      <Group justify="space-between">
        <SegmentedControl
          aria-label="Grounds"
          value={scheme}
          onChange={value => setScheme(value as Scheme)}
          data={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
        <Switch
          label="Preview with automatic status"
          checked={isAutomatic}
          onChange={({ currentTarget }) => setAutomatic(currentTarget.checked)}
        />
      </Group>
      <ProblemAlert error={told.error} />
      <Preview
        page={page}
        told={told.data}
        components={components?.items ?? []}
        scheme={scheme}
        accent={scheme === 'light' ? values.accent : values.accent_dark}
        picture={pictures[scheme]}
      />
    </section>
  )
}
