/** Days of the viewer's clock as the span that the API takes. */

/** From the beginning of the first day until the end of the last. */
export function spanOf({ from, to }: { from?: string; to?: string }): { from?: string; to?: string } {
  const begin = from ? new Date(`${from}T00:00`) : null
  const end = to ? new Date(`${to}T00:00`) : null
  end?.setDate(end.getDate() + 1)
  return { from: begin?.toISOString(), to: end?.toISOString() }
}

const long = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** `Sunday, 22 November 2026`: entries of one day stand below it. */
export function dayOf(at: string): string {
  return long.format(new Date(at))
}
