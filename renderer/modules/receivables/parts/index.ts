export { InstalmentStatusTag } from './status-tag.tsx'
