/** Which organization this tab shows, and the others; another one opens here or in a tab of its own. */
import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { LinkMenuItem } from '../components/links'
import { meQuery } from './me'
import classes from './OrganizationMenu.module.css'
import { useOrganization } from './organization'

/** Its first letter, drawn by the style sheet: a screen reader has the name already. */
function Mark({ name }: { name: string }) {
  return <span className={classes.mark} data-letter={[...name][0]?.toUpperCase()} />
}

export function OrganizationMenu() {
  const { id, name, isDemo } = useOrganization()
  const me = useQuery({ ...meQuery, enabled: !isDemo })
  if (isDemo)
    return (
      <div className={classes.button}>
        <Mark name={name} />
        <span className={classes.name}>{name}</span>
      </div>
    )
  return (
    <Menu position="bottom-start" width="target">
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <Mark name={name} />
          <VisuallyHidden>Organization:</VisuallyHidden>
          <span className={classes.name}>{name}</span>
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Your organizations</Menu.Label>
        {me.data?.organizations.map(one => (
          <LinkMenuItem
            key={one.id}
            to="/o/$org/incidents"
            params={{ org: one.id }}
            rightSection={one.id === id ? <IconCheck size={16} aria-label="shown" /> : undefined}
          >
            {one.name}
          </LinkMenuItem>
        ))}
        <Menu.Divider />
        <LinkMenuItem to="/" search={{ all: true }} leftSection={<IconPlus size={16} aria-hidden />}>
          New organization, invitations
        </LinkMenuItem>
      </Menu.Dropdown>
    </Menu>
  )
}
