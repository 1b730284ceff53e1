// The order of the style sheets: names and basics first, screens after them.
import './ui/tokens.css'
import './ui/base.css'
import './ui/controls.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { Fallback } from './app/fallback.tsx'
import { Starting } from './app/starting.tsx'
import { applyToDocument, loadApp } from './data/app.ts'
import { startLive } from './data/live.ts'
import { askForFirstRows } from './screens/queue/open-window.ts'
// Last, so that it has the last word.
import './ui/forced-colors.css'

const TRY_AGAIN_MS = 2_000

const place = document.querySelector('#app')
if (place === null) throw new Error('the page has no place for the app')
const root = createRoot(place)

applyToDocument()

/** Shows the app once the host has answered, and until then that it has not. */
async function start(): Promise<void> {
  const loading = loadApp()
  askForFirstRows()
  if (await loading) {
    startLive()
    root.render(
      <Fallback>
        <App />
      </Fallback>,
    )
    return
  }
  root.render(<Starting />)
  setTimeout(() => void start(), TRY_AGAIN_MS)
}

await start()
