/** The title of the tab: that of its screen, after how many incidents nobody has. */
let screen = 'Tocsin'
let count: string | null = null

function show(): void {
  document.title = count ? `(${count}) ${screen}` : screen
}

export function setScreenTitle(title: string): void {
  screen = title
  show()
}

export function setTitleCount(found: string | null): void {
  count = found
  show()
}
