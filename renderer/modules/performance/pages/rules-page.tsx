import { Spin } from 'antd'
import type { z } from 'zod'
import {
  appraisalPolicy,
  RANKING_SIGHTS,
  type AppraisalPolicy,
} from '#shared/modules/performance/performance.policy.schema.ts'
import { parsePoints } from '#shared/modules/performance/performance.figures.sheet.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'
import { useAppraisalPolicy } from '#renderer/modules/performance/performance.queries.ts'
import { LineFields } from '#renderer/modules/performance/parts/line-fields.tsx'
import { api } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { NumberField } from '#renderer/ui/fields/number-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import '../performance.css'

/** What the firm decides about rankings and about what follows from results. */
export function AppraisalRulesPage() {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const found = useAppraisalPolicy()
  const word = (key: string) => t(`performance:policy.${key}`)
  const { data } = found
  return (
    <Page title={word('title')}>
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {data ? (
        <EntityForm
          key={data.version}
          form="appraisal-policy"
          record="performance"
          schema={appraisalPolicy as z.ZodType<AppraisalPolicy>}
          initial={{ ...data.value }}
          version={data.version}
          labelOf={(path) => word(`fields.${path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? ''}`)}
          onCancel={() => go('/performance')}
          save={async (value, version) => {
            await api.performance.policy.save({ value, version })
            notice.done(word('saved'))
          }}
        >
          <FormGroup title={word('rankingGroup')}>
            <SelectField
              name="ranking"
              label={word('fields.ranking')}
              wide
              options={RANKING_SIGHTS.map((value) => ({ value, label: t(`performance:ranking.choices.${value}`) }))}
            />
          </FormGroup>
          <FormGroup title={word('calibrationGroup')}>
            <NumberField
              name="calibrationCap"
              label={word('fields.calibrationCap')}
              parse={parsePoints}
              format={formatScore}
              required
            />
          </FormGroup>
          <FormGroup title={word('linesGroup')}>
            <LineFields />
          </FormGroup>
          <p className="muted">{word('hint')}</p>
        </EntityForm>
      ) : null}
    </Page>
  )
}
