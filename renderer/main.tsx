import './app/style-nonce.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Boot } from './app/boot.tsx'
import { initialLocale, startI18n } from './ui/i18n.ts'
import './app/base.css'
import './app/styles/shell.css'
import './app/styles/page.css'
import './app/styles/grid.css'
import './app/styles/form.css'
import './app/styles/document.css'

await startI18n(initialLocale(null))
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Boot />
    </StrictMode>,
  )
}
