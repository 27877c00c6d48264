import { z } from 'zod'
import { HISTORY_SPANS } from '#shared/modules/performance/performance.history.schema.ts'
import { SPREAD_INDICATORS } from '#shared/modules/performance/performance.spread.rules.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { BonusPage } from './pages/bonus.tsx'
import { CalibrationPage } from './pages/calibration.tsx'
import { CorrectionPage } from './pages/correction-page.tsx'
import { CorrectionsPage } from './pages/corrections.tsx'
import { EditSchemePage, NewSchemePage } from './pages/scheme-editor.tsx'
import { FormsPage } from './pages/forms.tsx'
import { FiguresImportPage } from './pages/figures-import.tsx'
import { PersonPage } from './pages/person.tsx'
import { ProposalPage } from './pages/proposal-page.tsx'
import { ProposalsPage } from './pages/proposals.tsx'
import { RankingPage } from './pages/ranking.tsx'
import { ReviewsPage } from './pages/reviews.tsx'
import { AppraisalRulesPage } from './pages/rules-page.tsx'
import { SchemeListPage } from './pages/scheme-list.tsx'
import { SchemePage } from './pages/scheme-page.tsx'
import { SheetPage } from './pages/sheet.tsx'
import { SpreadPage } from './pages/spread.tsx'
import { SuggestionsPage } from './pages/suggestions.tsx'
import { TargetsPage } from './pages/targets.tsx'
import { YearPage } from './pages/year.tsx'
import { peopleSearch } from './parts/people-search.ts'

const monthSearch = z.object({
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional()
    .catch(undefined),
})

/** A month with a list of people. */
const monthPeople = monthSearch.extend(peopleSearch.shape)

const spanSearch = z.object({
  span: z
    .union(HISTORY_SPANS.map((span) => z.literal(span)))
    .optional()
    .catch(undefined),
})

const spreadSearch = z.object({
  year: z.number().int().min(1900).max(2199).optional().catch(undefined),
  indicator: z.enum(SPREAD_INDICATORS).optional().catch(undefined),
})

const yearSearch = z.object({ year: z.number().int().min(1900).max(2199).optional().catch(undefined) })

export const performanceRoutes = [
  pageRoute({
    path: '/performance',
    title: 'performance:title',
    permit: 'performance.read',
    component: SheetPage,
    validateSearch: (search) => monthSearch.parse(search),
  }),
  pageRoute({
    path: '/performance/targets',
    title: 'performance:targetsTitle',
    parent: '/performance',
    permit: 'performance.targets',
    component: TargetsPage,
    validateSearch: (search) => monthSearch.parse(search),
  }),
  pageRoute({
    path: '/performance/targets/spread',
    title: 'performance:spread.title',
    parent: '/performance/targets',
    permit: 'performance.targets',
    component: SpreadPage,
    validateSearch: (search) => spreadSearch.parse(search),
  }),
  pageRoute({
    path: '/performance/targets/import',
    title: 'performance:figures.import',
    parent: '/performance/targets',
    permit: 'performance.targets',
    component: FiguresImportPage,
    validateSearch: (search) => monthSearch.parse(search),
  }),
  pageRoute({
    path: '/performance/reviews',
    title: 'performance:review.title',
    parent: '/performance',
    permit: null,
    component: ReviewsPage,
    validateSearch: (search) => monthSearch.parse(search),
  }),
  pageRoute({
    path: '/performance/forms',
    title: 'performance:forms.title',
    parent: '/performance/reviews',
    permit: 'performance.targets',
    list: true,
    component: FormsPage,
  }),
  pageRoute({
    path: '/performance/calibration',
    title: 'performance:cycle.title',
    parent: '/performance',
    permit: 'performance.lock',
    component: CalibrationPage,
    validateSearch: (search) => monthPeople.parse(search),
  }),
  pageRoute({
    path: '/performance/bonus',
    title: 'performance:bonus.title',
    parent: '/performance',
    permit: 'bonuses.read',
    component: BonusPage,
    validateSearch: (search) => monthPeople.parse(search),
  }),
  pageRoute({
    path: '/performance/corrections',
    title: 'performance:correction.title',
    parent: '/performance',
    permit: 'performance.read',
    component: CorrectionsPage,
    validateSearch: (search) => monthSearch.parse(search),
  }),
  pageRoute({
    path: '/performance/corrections/$id',
    title: 'performance:correction.one',
    parent: '/performance/corrections',
    permit: 'performance.read',
    component: CorrectionPage,
  }),
  pageRoute({
    path: '/performance/proposals',
    title: 'performance:proposals.title',
    parent: '/performance',
    permit: 'performance.targets',
    list: true,
    component: ProposalsPage,
  }),
  pageRoute({
    path: '/performance/proposals/$id',
    title: 'performance:proposals.one',
    parent: '/performance/proposals',
    permit: 'performance.targets',
    component: ProposalPage,
  }),
  pageRoute({
    path: '/performance/suggestions',
    title: 'performance:proposals.suggestions',
    parent: '/performance/proposals',
    permit: 'performance.targets',
    component: SuggestionsPage,
  }),
  pageRoute({
    path: '/performance/people/$id',
    title: 'performance:history.title',
    parent: '/performance',
    permit: 'performance.read',
    component: PersonPage,
    validateSearch: (search) => spanSearch.parse(search),
  }),
  pageRoute({
    path: '/performance/ranking',
    title: 'performance:ranking.title',
    parent: '/performance',
    permit: 'performance.read',
    component: RankingPage,
    validateSearch: (search) => monthPeople.parse(search),
  }),
  pageRoute({
    path: '/performance/rules',
    title: 'performance:policy.title',
    parent: '/performance',
    permit: 'performance.schemes',
    component: AppraisalRulesPage,
  }),
  pageRoute({
    path: '/performance/year',
    title: 'performance:year.title',
    parent: '/performance',
    permit: 'performance.read',
    component: YearPage,
    validateSearch: (search) => yearSearch.parse(search),
  }),
  pageRoute({
    path: '/performance/schemes',
    title: 'performance:schemes.title',
    parent: '/performance',
    permit: 'performance.read',
    component: SchemeListPage,
  }),
  pageRoute({
    path: '/performance/schemes/new',
    title: 'performance:schemes.createTitle',
    parent: '/performance/schemes',
    permit: 'performance.schemes',
    component: NewSchemePage,
  }),
  pageRoute({
    path: '/performance/schemes/$id',
    title: 'performance:schemes.one',
    parent: '/performance/schemes',
    permit: 'performance.read',
    component: SchemePage,
  }),
  pageRoute({
    path: '/performance/schemes/$id/edit',
    title: 'performance:schemes.follow',
    parent: '/performance/schemes',
    permit: 'performance.schemes',
    component: EditSchemePage,
  }),
]
