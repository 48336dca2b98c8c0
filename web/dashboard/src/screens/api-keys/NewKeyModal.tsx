/** Makes a key: what for, whose, what it may, and until when. */
import { Button, Checkbox, Group, Modal, Radio, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fieldErrors } from '../../api/problem'
import type { Model } from '../../api/types'
import { useApi, useMay, useOrganization } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useDraft } from '../../components/useDraft'
import { grantable, ROLES } from '../people/roles'
import classes from './ApiKeys.module.css'
import { EXPIRES, GROUPS, type KeyValues, keyErrors, keyInput, MAY } from './keys'

interface Properties {
  isOpen: boolean
  onClose: () => void
  onMade: (made: Model<'NewApiKey'>) => void
}

export function NewKeyModal({ isOpen, onClose, onMade }: Properties) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="A new API key" size="lg">
      <Editor onClose={onClose} onMade={onMade} />
    </Modal>
  )
}

type KeyForm = UseFormReturnType<KeyValues>

function Editor({ onClose, onMade }: Omit<Properties, 'isOpen'>) {
  const api = useApi()
  const queries = useQueryClient()
  const mayForAll = useMay('admin')
  const form = useForm<KeyValues>({
    initialValues: {
      name: '',
      personal: !mayForAll,
      role: 'viewer',
      access: 'write',
      scope: 'all',
      groups: [],
      expires: 'never',
      ends: '',
    },
    validate: keyErrors,
  })
  const { forget } = useDraft('api-key', form)
  const leave = () => {
    forget()
    onClose()
  }
  const create = useMutation({
    mutationFn: (values: KeyValues) => api.post('/v1/api-keys', { body: keyInput(values) }),
    onSuccess: made => {
      leave()
      onMade(made)
      return queries.invalidateQueries({ queryKey: api.topic('api-keys') })
    },
    onError: error => {
      const { expires_at: ends, ...rest } = fieldErrors(error)
      form.setErrors(ends ? { ...rest, [form.getValues().expires === 'date' ? 'ends' : 'expires']: ends } : rest)
    },
  })
  return (
    <form onSubmit={form.onSubmit(values => create.mutate(values))} noValidate>
      <Stack>
        <ProblemAlert error={create.error} />
        <TextInput
          label="Name"
          description="What uses it, so that you know later what stops when it ends."
          placeholder="Deploy script"
          maxLength={200}
          data-autofocus
          {...form.getInputProps('name')}
        />
        {mayForAll && <Whose form={form} />}
        <What form={form} />
        <Until form={form} />
        <Group justify="flex-end">
          <Button variant="default" onClick={leave}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make the key
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Whose({ form }: { form: KeyForm }) {
  return (
    <Radio.Group
      label="Whose it is"
      value={form.values.personal ? 'mine' : 'everybody'}
      onChange={value => form.setFieldValue('personal', value === 'mine')}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="everybody" label="The organization’s" description="It goes on working when you leave." />
        <Radio
          value="mine"
          label="Yours"
          description="It acts as you, never may more than you, and ends when you leave."
        />
      </Stack>
    </Radio.Group>
  )
}

function What({ form }: { form: KeyForm }) {
  const { role: own } = useOrganization()
  const may = new Set(grantable(own).map(one => one.value))
  return (
    <>
      <Radio.Group
        label="Role"
        description={own === 'owner' ? undefined : 'No higher than yours.'}
        {...form.getInputProps('role')}
      >
        <Stack gap="xs" mt="xs">
          {ROLES.filter(one => may.has(one.value)).map(one => (
            <Radio key={one.value} value={one.value} label={one.label} description={MAY[one.value]} />
          ))}
        </Stack>
      </Radio.Group>
      {form.values.role !== 'viewer' && (
        <SegmentedControl
          aria-label="How far it goes"
          data={[
            { value: 'write', label: 'Reads and changes' },
            { value: 'read', label: 'Reads only' },
          ]}
          {...form.getInputProps('access')}
        />
      )}
      <Radio.Group label="For what" {...form.getInputProps('scope')}>
        <Stack gap="xs" mt="xs">
          <Radio value="all" label="Everything its role may" />
          <Radio value="some" label="Only some of it" />
        </Stack>
      </Radio.Group>
      {form.values.scope === 'some' && (
        <Checkbox.Group aria-label="Only for" {...form.getInputProps('groups')}>
          <div className={classes.choices}>
            {GROUPS.map(one => (
              <Checkbox key={one.value} value={one.value} label={one.label} />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </>
  )
}

function Until({ form }: { form: KeyForm }) {
  return (
    <Group grow align="start">
      <Select label="It ends" allowDeselect={false} data={EXPIRES} {...form.getInputProps('expires')} />
      {form.values.expires === 'date' && (
        <TextInput type="datetime-local" label="At, by your clock" {...form.getInputProps('ends')} />
      )}
    </Group>
  )
}
