/** Who did something, by name: `user:<id>` and the like, as the API names actors. */
import { useQuery } from '@tanstack/react-query'
import { useApi } from './organization'

const KINDS: Readonly<Record<string, string>> = {
  user: 'Somebody who has left',
  api_key: 'An API key',
  demo: 'A visitor of the demo',
  integration: 'An integration',
  link: 'A link in a message',
  monitor: 'A monitor',
  probe: 'A probe',
  system: 'Tocsin',
}

/** What an actor is called, given the names of people by their ids. */
export function actorName(actor: string, people: ReadonlyMap<string, string>): string {
  const [kind = '', id = ''] = actor.split(':')
  return people.get(id) ?? KINDS[kind] ?? actor
}

/** Answers a function that names an actor. */
export function useActors(): (actor: string) => string {
  const found = useQuery({ ...useApi().get('/v1/members', { query: { limit: 200 } }), staleTime: 60_000 })
  const people = new Map(found.data?.items.map(one => [one.user_id, one.name]))
  return actor => actorName(actor, people)
}
