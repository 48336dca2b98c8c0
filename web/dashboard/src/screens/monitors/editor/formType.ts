/** The form of a monitor. */
import type { UseFormReturnType } from '@mantine/form'
import type { MonitorValues } from './values'

export type MonitorForm = UseFormReturnType<MonitorValues>

export interface FieldsProperties {
  form: MonitorForm
  disabled?: boolean
}
