/** Things that this tab is deleting: a hint that one is gone comes before the answer, and must not have it read again. */
const ending = new Set<unknown>()

/** The thing that a DELETE of this address ends; undefined where it ends a part of one, as `/v1/monitors/{id}/beacon`. */
function thingOf(path: string, parameters: Record<string, unknown> | undefined): unknown {
  const name = path.match(/\{(\w+)\}$/)?.[1]
  return name && parameters?.[name]
}

/** Whether this tab is deleting it, or has. */
export function isEnding(id: unknown): boolean {
  return ending.has(id)
}

/** Delete something; it is there again if that fails. */
export async function ended<T>(
  path: string,
  parameters: Record<string, unknown> | undefined,
  send: () => Promise<T>,
): Promise<T> {
  const thing = thingOf(path, parameters)
  if (thing !== undefined) ending.add(thing)
  try {
    return await send()
  } catch (error) {
    ending.delete(thing)
    throw error
  }
}
