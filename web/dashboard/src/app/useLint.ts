/** What is wrong with how one would be paged, as the API's lint tells it. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Model } from '../api/types'
import { useApi } from './organization'

export type Finding = Model<'LintFinding'>

const FRESH_MS = 60_000

/** All of it; older than a minute it is looked at anew. */
export function useLint(enabled = true) {
  return useQuery({ ...useApi().get('/v1/lint'), staleTime: FRESH_MS, enabled })
}

/** Whether a finding is about a thing or a part of it. */
export function isAbout({ subject }: Finding, id: string): boolean {
  return subject.id === id || subject.part_of?.id === id
}

/** All that is wrong; looked at anew once the version of what is shown is another. */
export function useFindings(version?: number): readonly Finding[] {
  const { data, refetch } = useLint()
  const seen = useRef(version)
  useEffect(() => {
    if (seen.current === version) return
    seen.current = version
    void refetch()
  }, [version, refetch])
  return data?.items ?? []
}
