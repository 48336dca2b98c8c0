/** What was there last: so that a dialog keeps its content while it fades. */
import { useRef } from 'react'

export function useKept<T>(value: T | undefined): T | undefined {
  const kept = useRef(value)
  if (value !== undefined) kept.current = value
  return value ?? kept.current
}
