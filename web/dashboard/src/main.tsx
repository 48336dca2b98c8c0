/** Where the dashboard starts. */
import './app/sheets'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { prepareNotices } from './components/notices'

const RELOADED = 'tocsin.reloaded'
const AGAIN_MS = 60_000
const PREPARED_MS = 1_500

// After a deployment the scripts of an open tab's other screens are gone: the page of today knows those of today.
window.addEventListener('vite:preloadError', event => {
  if (!navigator.onLine) {
    // a reload would end at the browser's own page; the router tries one unless it is called something else
    event.payload.message = `Not fetched: ${event.payload.message}`
    return
  }
  const last = Number(sessionStorage.getItem(RELOADED))
  if (Date.now() - last < AGAIN_MS) return
  event.preventDefault()
  sessionStorage.setItem(RELOADED, String(Date.now()))
  window.location.reload()
})

const root = document.getElementById('root')
// not before the screen, which nobody should wait for longer
window.addEventListener('load', () => setTimeout(prepareNotices, PREPARED_MS))

if (root) createRoot(root).render(<App />)
