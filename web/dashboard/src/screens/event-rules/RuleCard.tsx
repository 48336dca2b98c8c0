/** One rule: closed it says when it holds and what it does, open it is edited. */
import { ActionIcon, Button, Card, Menu } from '@mantine/core'
import { IconAlertCircle, IconChevronDown, IconCopy, IconDots, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { usePolicies, useServices } from '../services/useNames'
import { actionWords } from './actionWords'
import classes from './RuleCard.module.css'
import { RuleFields } from './RuleFields'
import type { RuleValues } from './ruleValues'
import type { RuleSetForm } from './useRuleSet'

interface Properties {
  form: RuleSetForm
  index: number
  handle: ReactNode
  may: boolean
  isOfService: boolean
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  onCopy: () => void
}

export function RuleCard({ form, index, handle, may, isOfService, isOpen, onOpen, onCopy }: Properties) {
  const rule = form.values.rules[index]
  if (!rule) return null
  const name = rule.name || 'A rule without a name'
  const isWrong = Object.keys(form.errors).some(field => field.startsWith(`rules.${index}.`))
  return (
    <Card padding="sm" className={classes.card} data-wrong={isWrong || undefined}>
      <div className={classes.head}>
        {handle}
        <button type="button" className={classes.toggle} aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
          <span className={classes.number}>{index + 1}</span>
          <span className={classes.name}>{name}</span>
          {isWrong && (
            <span className={classes.wrong}>
              <IconAlertCircle size={16} aria-hidden /> Something is wrong here
            </span>
          )}
          <IconChevronDown size={18} aria-hidden className={classes.chevron} />
        </button>
        {may && (
          <Menu>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={`More about rule ${index + 1}`}>
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={onCopy}>
                Duplicate
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => form.removeListItem('rules', index)}
              >
                Remove
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {isOpen ? (
        <div className={classes.fields}>
          <RuleFields form={form} index={index} isDisabled={!may} isOfService={isOfService} />
          <Button size="xs" variant="default" className={classes.done} onClick={() => onOpen(false)}>
            Close
          </Button>
        </div>
      ) : (
        <Told rule={rule} />
      )}
    </Card>
  )
}

function Told({ rule }: { rule: RuleValues }) {
  const names = { services: useServices().names, policies: usePolicies().names }
  const does = actionWords(rule, names)
  return (
    <dl className={classes.told}>
      <div>
        <dt>When</dt>
        <dd>{rule.condition ? <code>{rule.condition}</code> : 'every event'}</dd>
      </div>
      <div>
        <dt>Then</dt>
        <dd>
          {does.length > 0 ? does.join(', ') : 'nothing changes'}
          {rule.continues && ', and the next rules are asked too'}
        </dd>
      </div>
    </dl>
  )
}
