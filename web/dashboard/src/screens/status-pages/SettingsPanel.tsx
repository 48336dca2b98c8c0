/** How a page is set: its name and address, what it does by itself, who can subscribe; and its end. */
import { Button, Card, Group, Stack, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi, useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { type SettingValues, settingsInput, settingsOf } from './pageValues'
import type { StatusPage } from './queries'
import { SettingFields } from './SettingFields'
import classes from './SettingsPanel.module.css'
import { useReadPage, useSavePage } from './useSavePage'

export function SettingsPanel({ page }: { page: StatusPage }) {
  const why = useWhyNot('admin')
  const read = useReadPage(page.id)
  const form = useForm<SettingValues>({ initialValues: settingsOf(page) })
  const { begun, begin } = useBegun(page, form, settingsOf, () => draft.forget())
  const draft = useDraft(`status-page.${page.id}`, form, begun.version)
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
  const submit = (values: SettingValues) =>
    save.mutate(settingsInput(values), { onError: error => form.setErrors(fieldErrors(error)) })
  return (
    <Stack maw="44rem">
      <WhyNot role="admin" />
      <Card>
        <form onSubmit={form.onSubmit(submit)}>
          <Stack>
            <StaleAlert error={save.error} onReload={() => void reload()} />
            {!isStale(save.error) && <ProblemAlert error={save.error} />}
            <SettingFields form={form} page={page} disabled={why !== null} />
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
      <DeletePage page={page} isDisabled={why !== null} />
    </Stack>
  )
}

function DeletePage({ page, isDisabled }: { page: StatusPage; isDisabled: boolean }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const end = async () => {
    await api.delete('/v1/status-pages/{page_id}', { path: { page_id: page.id } })
    await navigate({ to: '/o/$org/status-pages', params: { org } })
    await queries.invalidateQueries({ queryKey: api.topic('status-pages') })
  }
  return (
    <Card>
      <Group justify="space-between" className={classes.end}>
        <div>
          <Title order={2} size="h3">
            Delete the page
          </Title>
          <p>
            Its components, reports and subscribers go with it, and what was published is deleted. Its address is kept
            from others for 30 days.
          </p>
        </div>
        <ConfirmButton
          c="red"
          question={`Delete ${page.name.slice(0, 80)}?`}
          consequence="Whoever opens its address finds nothing, its subscribers are told no more, and this can’t be taken back."
          confirm="Delete the page"
          disabled={isDisabled}
          onConfirm={end}
        >
          Delete
        </ConfirmButton>
      </Group>
    </Card>
  )
}
