/** What has been asked for: a skeleton, the error with another try, or the data, also old data while it is asked anew. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loading } from '../app/Loading'
import { ProblemAlert } from './ProblemAlert'

interface Properties<T> {
  query: UseQueryResult<T>
  skeleton?: ReactNode
  children: (data: T) => ReactNode
}

export function Loaded<T>({ query, skeleton, children }: Properties<T>) {
  if (query.data !== undefined)
    return (
      <>
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        {children(query.data)}
      </>
    )
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
  return skeleton ?? <Loading />
}
