import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Boot } from './app/boot.tsx'
import { initialLocale, startI18n } from './ui/i18n.ts'
import './app/base.css'

await startI18n(initialLocale(null))
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Boot />
    </StrictMode>,
  )
}
