/** Who is signed in: own settings, light or dark, signing out. */
import { Menu, SegmentedControl, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { IconLogin2, IconLogout, IconSelector, IconUserCog } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { end } from '../auth/session'
import { LinkMenuItem } from '../components/links'
import classes from './AccountMenu.module.css'
import { meQuery } from './me'
import { useOrganization } from './organization'

/** Light, dark, or as the system has it. */
export function ColorSchemeSwitch() {
  // without its own transition lock, which would inject a <style>
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label="Colours"
      value={colorScheme}
      onChange={value => setColorScheme(value as typeof colorScheme)}
      data={[
        { value: 'light', label: 'Light' },
        { value: 'auto', label: 'System' },
        { value: 'dark', label: 'Dark' },
      ]}
    />
  )
}

/** Drawn by the style sheet: a screen reader has the name. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : ''].map(word => [...(word ?? '')][0] ?? '').join('')
}

export function AccountMenu({ compact = false }: { compact?: boolean }) {
  const { id, isDemo } = useOrganization()
  const me = useQuery({ ...meQuery, enabled: !isDemo })
  const navigate = useNavigate()
  const name = isDemo ? 'Visitor' : (me.data?.name ?? me.data?.email ?? 'You')
  const leave = async () => {
    await navigate({ to: '/sign-in' })
    await end()
  }
  return (
    <Menu position={compact ? 'bottom-end' : 'top-start'} width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.button} data-compact={compact || undefined}>
          <span className={classes.initials} data-letters={initials(name)} />
          <VisuallyHidden>Account:</VisuallyHidden>
          {compact ? <VisuallyHidden>{name}</VisuallyHidden> : <span className={classes.name}>{name}</span>}
          {!compact && <IconSelector size={16} aria-hidden />}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{isDemo ? 'A visit to the demo' : me.data?.email}</Menu.Label>
        <div className={classes.scheme}>
          <ColorSchemeSwitch />
        </div>
        {!isDemo && (
          <LinkMenuItem to="/o/$org/me" params={{ org: id }} leftSection={<IconUserCog size={18} />}>
            Your account and contacts
          </LinkMenuItem>
        )}
        <Menu.Item
          leftSection={isDemo ? <IconLogin2 size={18} /> : <IconLogout size={18} />}
          onClick={() => void leave()}
        >
          {isDemo ? 'Leave the demo' : 'Sign out'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
