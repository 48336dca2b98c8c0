/** What is typed on the machine that shall check: with the address of the API, and a token. */
export function enrolling(api: string, token: string): string {
  return `export TOCSIN_PROBE_TOKEN=${token}\ntocsin probe enroll --url ${api}\ntocsin probe run --allow 10.20.0.0/16`
}
