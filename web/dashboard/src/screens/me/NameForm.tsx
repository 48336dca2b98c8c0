/** What one is called, in all organizations. */
import { Button, Card, Group, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fieldErrors } from '../../api/problem'
import { meQuery, nobodys } from '../../app/me'
import { useApi } from '../../app/organization'
import { viewerZone, zoneName } from '../../app/zones'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'

type Values = { name: string }

function valuesOf(name: string): Values {
  return { name }
}

export function NameForm({ name }: { name: string }) {
  const api = useApi()
  const queries = useQueryClient()
  const form = useForm<Values>({ initialValues: valuesOf(name) })
  const { forget } = useDraft('me.name', form)
  const { begin } = useBegun(name, form, valuesOf, forget)
  const save = useMutation({
    mutationFn: (values: Values) => nobodys.patch('/v1/me', { body: { name: values.name.trim() } }),
    onSuccess: async made => {
      begin(made.name ?? '')
      queries.setQueryData(meQuery.queryKey, made)
      notifyDone('Saved.')
      await queries.invalidateQueries({ queryKey: api.topic('members') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  return (
    <Card>
      <form onSubmit={form.onSubmit(values => save.mutate(values))}>
        <Stack>
          <ProblemAlert error={save.error} />
          <TextInput
            label="Name"
            description="As others see it in every organization of yours."
            required
            withAsterisk={false}
            maxLength={200}
            autoComplete="name"
            {...form.getInputProps('name')}
          />
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              You are shown times in {zoneName(viewerZone)}, as this browser has it.
            </Text>
            <Group gap="xs">
              {form.isDirty() && (
                <Button variant="default" onClick={() => begin(name)}>
                  Discard
                </Button>
              )}
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                Save
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Card>
  )
}
