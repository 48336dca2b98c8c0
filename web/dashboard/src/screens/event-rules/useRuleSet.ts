/** A set of rules while it is edited: its form, its draft, and saving it as a new version. */
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Problem } from '../../api/problem'
import { useApi } from '../../app/organization'
import { notifyDone } from '../../components/notices'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { type EventRules, errorsOf, inputOf, type SetValues, valuesOf } from './ruleValues'

export function useRuleSet(found: EventRules, service: string | null) {
  const api = useApi()
  const queries = useQueryClient()
  const form = useForm<SetValues>({
    initialValues: valuesOf(found),
    validate: { rules: { name: name => (name.trim() ? null : 'Give it a name.') } },
  })
  const { begun, begin } = useBegun(found, form, valuesOf, () => draft.forget())
  const draft = useDraft(`event-rules.${service ?? 'organization'}`, form, begun.version)
  const reading = service
    ? api.get('/v1/services/{service_id}/event-rules', { path: { service_id: service } })
    : api.get('/v1/event-rules')

  const save = useMutation({
    mutationFn: (values: SetValues) => {
      const [body, version] = [inputOf(values), draft.version]
      return service
        ? api.put('/v1/services/{service_id}/event-rules', { path: { service_id: service }, body, version })
        : api.put('/v1/event-rules', { body, version })
    },
    onSuccess: async made => {
      queries.setQueryData(reading.queryKey, made)
      begin(made)
      notifyDone(`Saved as version ${made.version}.`)
      await Promise.all(
        ['event-rules', 'services'].map(topic => queries.invalidateQueries({ queryKey: api.topic(topic) })),
      )
    },
    onError: error => form.setErrors(error instanceof Problem ? errorsOf(error.fields) : {}),
  })
  const reload = async () => {
    save.reset()
    begin(await queries.fetchQuery({ ...reading, staleTime: 0 }))
  }
  return { form, save, reload, discard: () => begin(found) }
}

export type RuleSetForm = ReturnType<typeof useRuleSet>['form']
