import { useParams } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useVisit } from '#renderer/modules/visits/visits.queries.ts'
import { EditPlanPage } from './plan-editor.tsx'
import { EditVisitPage } from './visit-editor.tsx'

/** What is changed of a visit depends on whether it was held. */
export function EditPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const visit = useVisit(id)
  if (visit.isPending) return <Spin className="grid-spin" />
  return visit.data?.state === 'planned' ? <EditPlanPage /> : <EditVisitPage />
}
