/** A QR code as one path, so that no picture is loaded, and what it says to an authenticator app. */

/** How many modules stay white around it, as scanners want it. */
export const QUIET_ZONE = 4

interface Modules {
  size: number
  get: (row: number, column: number) => number | boolean
}

/** The dark modules as squares of 1, within the quiet zone. */
export function pathOf(modules: Modules): string {
  const squares: string[] = []
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column)) squares.push(`M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`)
  return squares.join('')
}

/** The key URI that apps read: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function uriOf(secret: string, email: string): string {
  return `otpauth://totp/${encodeURIComponent(`Tocsin:${email}`)}?secret=${secret}&issuer=Tocsin`
}
