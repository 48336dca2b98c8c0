/** The values of secrets. */
import { PasswordInput } from '@mantine/core'
import classes from './fields.module.css'

interface SecretProperties {
  names: readonly string[]
  kept: readonly string[]
  typed: Readonly<Record<string, string>>
  errors: Readonly<Record<string, string>>
  disabled?: boolean
  onType: (name: string, value: string) => void
}

/** The values of what stands in double braces; they are never shown again, and not kept over a reload. */
export function SecretFields({ names, kept, typed, errors, disabled, onType }: SecretProperties) {
  return (
    <div className={classes.row}>
      {names.map(name => (
        <PasswordInput
          key={name}
          label={name}
          description={
            kept.includes(name) ? 'There is one. Leave it empty to keep it.' : 'Sealed, and never shown again.'
          }
          autoComplete="off"
          disabled={disabled}
          value={typed[name] ?? ''}
          error={errors[name]}
          onChange={({ currentTarget }) => onType(name, currentTarget.value)}
        />
      ))}
    </div>
  )
}
