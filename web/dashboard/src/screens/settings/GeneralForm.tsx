/** The name of the organization, and who is told when nobody else can be. */
import { Button, Card, Group, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fieldErrors, isStale } from '../../api/problem'
import type { Model } from '../../api/types'
import { meQuery } from '../../app/me'
import { useApi } from '../../app/organization'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { useWhyNot } from '../../components/WhyNot'

export type Organization = Model<'Organization'>

type Values = { name: string; fallback_email: string }

function valuesOf({ name, fallback_email }: Organization): Values {
  return { name, fallback_email: fallback_email ?? '' }
}

export function GeneralForm({ organization }: { organization: Organization }) {
  const api = useApi()
  const queries = useQueryClient()
  const why = useWhyNot('admin')
  const asked = api.get('/v1/organization')
  const form = useForm<Values>({ initialValues: valuesOf(organization) })
  const { begun, begin } = useBegun(organization, form, valuesOf, () => draft.forget())
  const draft = useDraft(`organization.${organization.id}`, form, begun.version)
  const save = useMutation({
    mutationFn: ({ name, fallback_email }: Values) =>
      api.patch('/v1/organization', {
        body: { name: name.trim(), fallback_email: fallback_email.trim() || null },
        version: draft.version,
      }),
    onSuccess: async made => {
      begin(made)
      queries.setQueryData(asked.queryKey, made)
      notifyDone('Saved.')
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const reload = async () => {
    save.reset()
    begin(await queries.fetchQuery({ ...asked, staleTime: 0 }))
  }
  return (
    <Card>
      <form onSubmit={form.onSubmit(values => save.mutate(values))}>
        <Stack>
          <StaleAlert error={save.error} onReload={() => void reload()} />
          {!isStale(save.error) && <ProblemAlert error={save.error} />}
          <TextInput
            label="Name"
            required
            withAsterisk={false}
            maxLength={200}
            disabled={why !== null}
            {...form.getInputProps('name')}
          />
          <TextInput
            label="Fallback contact"
            description="An e-mail address that is paged when an incident has nobody else left: no policy, nobody on call, nobody reachable."
            type="email"
            placeholder="None"
            disabled={why !== null}
            {...form.getInputProps('fallback_email')}
          />
          <Group justify="flex-end">
            {form.isDirty() && (
              <Button variant="default" onClick={() => begin(organization)}>
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
  )
}
