import { formatCount, formatRate } from '#shared/i18n/formatters.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import type { DrawnPicture } from './performance.charts.ts'
import { standingWords } from './performance.cycle.documents.ts'
import { extraLines } from './performance.extra.documents.ts'
import type { AppealRow } from './performance.cycle.schema.ts'
import { CATALOGUE } from './performance.indicators.schema.ts'
import type { IndicatorResult, PersonSheet } from './performance.schema.ts'
import { curveText, figureText, formatScore, signedScore, tiersText } from './performance.words.ts'

export interface SignedInput {
  readonly language: Locale
  readonly firmName: string
  readonly month: string
  readonly person: PersonSheet
  /** The appeals of this person, as they stay on record. */
  readonly appeals: readonly AppealRow[]
  /** Day and time of the lock in words; null while the month is open. */
  readonly lockedAt: string | null
  /** What stands for a place that is not known. */
  readonly noRank: 'rankLater' | 'rankHidden'
  readonly printedDay: string
  /** First characters of the audit chain's head, at the foot of every page. */
  readonly anchor: string
  /** After the signatures. */
  readonly pictures?: readonly DrawnPicture[]
}

/** Room to write a comment by hand: empty lines. */
const COMMENT_ROOM = ' \n \n \n '

const paragraph = (text: string, extra: { bold?: boolean } = {}): DocumentBlock => ({
  kind: 'paragraph',
  runs: [{ text, ...extra }],
})

/**
 * A person's month on paper, to be signed: what was agreed and reached, what was calibrated and corrected, what it came
 * to, what he says to it. A month that is open says so across the page.
 */
export function signedDocument(input: SignedInput, t: Translate): DocumentModel {
  const { person, month, lockedAt } = input
  const word = (key: string, params?: Record<string, string>) => t(`performance:signed.${key}`, params)
  const state = lockedAt === null ? word('open') : word('locked', { time: lockedAt })
  return {
    title: `${word('title')} ${month} ${person.userName}`,
    language: input.language,
    number: `${month} ${person.userName}`,
    issuer: input.firmName,
    pageLabel: word('page'),
    footNote: `${t('performance:workbook.anchor', { anchor: input.anchor })} · ${state}`,
    ...(lockedAt === null ? { watermark: word('open') } : {}),
    blocks: [
      { kind: 'title', text: word('title'), subtitle: `${input.firmName} · ${month}` },
      {
        kind: 'facts',
        columns: 2,
        items: [
          { label: t('performance:columns.person'), value: person.userName },
          { label: t('performance:month'), value: month },
          { label: t('performance:columns.team'), value: person.teamName ?? '–' },
          { label: t('performance:columns.scheme'), value: person.schemeName || t('performance:standard') },
          { label: word('state'), value: state },
          { label: word('printed'), value: input.printedDay },
        ],
      },
      ...(lockedAt === null ? [paragraph(word('openNote'), { bold: true })] : []),
      indicators(person, t),
      outcome(input, t),
      ...corrections(person, t),
      ...opinion(input, t),
      {
        kind: 'table',
        columns: [
          { head: word('superiorComment'), width: '*' },
          { head: word('ownComment'), width: '*' },
        ],
        rows: [[COMMENT_ROOM, COMMENT_ROOM]],
      },
      // On the same page as the signatures, whatever page they come to: what is signed.
      paragraph(word('declared', { name: person.userName, month, total: formatScore(person.total) })),
      {
        kind: 'signatures',
        parties: (['employee', 'superior', 'owner'] as const).map((who) => ({
          heading: word(who),
          name: who === 'employee' ? person.userName : ' ',
          lines: [word('sign'), word('day')],
          seal: '',
        })),
      },
      ...(input.pictures ?? []).flatMap(({ caption, chart, png }): DocumentBlock[] => [
        { kind: 'heading', text: caption },
        { kind: 'image', data: `data:image/png;base64,${png}`, width: chart.width },
      ]),
    ],
  }
}

function indicators(person: PersonSheet, t: Translate): DocumentBlock {
  const head = (key: string) => t(`performance:columns.${key}`)
  const measured = person.indicators.filter((one) => one.applicable).reduce((sum, one) => sum + one.weight, 0)
  const { calibration, extra } = person
  const label = (text: string, weight: string, score: string) => [text, '', '', '', '', weight, score]
  return {
    kind: 'table',
    columns: [
      { head: head('indicator'), width: 78 },
      { head: head('target'), width: 64, align: 'right' },
      { head: head('actual'), width: 64, align: 'right' },
      { head: head('rate'), width: 44, align: 'right' },
      { head: head('rule'), width: '*' },
      { head: head('weight'), width: 42, align: 'right' },
      { head: head('score'), width: 40, align: 'right' },
    ],
    rows: person.indicators.map((result) => [
      t(`performance:indicators.${result.indicator}`),
      [figureText(result.indicator, result.target), tiersText(result.curve, result.indicator, result.target, t)]
        .filter((line) => line !== null)
        .join('\n'),
      actualText(result),
      result.applicable ? formatRate(result.rate) : t('performance:notMeasured'),
      curveText(result.curve, result.indicator, t),
      formatRate(result.weight),
      result.applicable ? formatScore(result.score) : '–',
    ]),
    sums: [
      ...(measured === 10_000 ? [] : [label(t('performance:signed.measured'), formatRate(measured), '')]),
      ...(extra
        ? [
            label(
              [t('performance:extra.line', capWords(extra)), ...extraLines(person, t)].join('\n'),
              '',
              signedScore(extra.points),
            ),
          ]
        : []),
      ...(calibration
        ? [
            label(
              `${t('performance:cycle.line', { name: calibration.byName })} ${calibration.reason}`,
              '',
              signedScore(calibration.points),
            ),
          ]
        : []),
      label(head('total'), formatRate(10_000), formatScore(person.total)),
    ],
  }
}

const capWords = ({ mostUp, mostDown }: { mostUp: number; mostDown: number }) => ({
  up: formatScore(mostUp),
  down: formatScore(mostDown),
})

/** What nobody has entered yet is no nought. */
function actualText({ indicator, actual, applicable }: IndicatorResult): string {
  return CATALOGUE[indicator].source === 'manual' && !applicable ? '–' : figureText(indicator, actual)
}

function outcome({ person, noRank }: SignedInput, t: Translate): DocumentBlock {
  const cells = [
    ['total', person.vetoed ? `${formatScore(person.total)} (${t('performance:vetoed')})` : formatScore(person.total)],
    ['rank', person.rank === null ? t(`performance:signed.${noRank}`) : formatCount(person.rank)],
    ...(person.grade === null ? [] : [['grade', person.grade]]),
    ...(person.coefficient === null ? [] : [['coefficient', formatRate(person.coefficient)]]),
  ] as const
  return {
    kind: 'table',
    columns: cells.map(([key]) => ({ head: t(`performance:columns.${key}`), width: '*', align: 'center' })),
    rows: [],
    sums: [cells.map(([, value]) => value)],
  }
}

/** What was corrected after the lock: each locked figure, why it changed, and by whom. */
function corrections({ indicators: results, asLocked }: PersonSheet, t: Translate): DocumentBlock[] {
  const word = (key: string, params?: Record<string, string>) => t(`performance:correction.${key}`, params)
  const rows = results.flatMap((result) => {
    const { indicator, actual, corrected } = result
    if (!corrected) return []
    const { lockedActual, lockedScore, reason, evidence } = corrected
    const by = { asked: corrected.askedByName, decided: corrected.decidedByName, day: corrected.decidedDay }
    return [
      [
        t(`performance:indicators.${indicator}`),
        lockedActual === null ? word('notMeasured') : figureText(indicator, lockedActual),
        formatScore(lockedScore),
        figureText(indicator, actual),
        [reason, evidence].filter(Boolean).join(' · '),
        word('by', by),
      ],
    ]
  })
  if (rows.length === 0 && asLocked === undefined) return []
  return [
    { kind: 'heading', text: word('title') },
    ...(rows.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            columns: [
              { head: word('fields.indicator'), width: 78 },
              { head: word('book.locked'), width: 64, align: 'right' as const },
              { head: word('book.lockedScore'), width: 48, align: 'right' as const },
              { head: word('fields.value'), width: 64, align: 'right' as const },
              { head: word('fields.reason'), width: '*' as const },
              { head: word('fields.decided'), width: 104 },
            ],
            rows,
          },
        ]),
    ...(asLocked === undefined
      ? []
      : [
          {
            kind: 'facts' as const,
            columns: 2 as const,
            items: [
              { label: word('book.total'), value: formatScore(asLocked.total) },
              {
                label: word('book.rank'),
                value: [asLocked.rank === null ? '' : formatCount(asLocked.rank), asLocked.grade]
                  .filter(Boolean)
                  .join(' · '),
              },
            ],
          },
        ]),
  ]
}

/** What the person says to his result: agreement, silence, or an appeal with its answer. */
function opinion({ person, appeals, lockedAt }: SignedInput, t: Translate): DocumentBlock[] {
  const word = (key: string, params?: Record<string, string>) => t(`performance:cycle.${key}`, params)
  const said = standingWords(person, lockedAt !== null, t)
  const items = appeals.map((appeal) => {
    const about = appeal.indicator === null ? word('whole') : t(`performance:indicators.${appeal.indicator}`)
    const asked = `${word('by', { name: word('appeal'), day: appeal.day })} · ${about}: ${appeal.reason}`
    if (appeal.state === 'open') return `${asked} (${word('states.open')})`
    const by = word('by', { name: appeal.answeredByName, day: appeal.answeredDay ?? '' })
    return `${asked}\n${by} · ${word(`states.${appeal.state}`)}: ${appeal.answer}`
  })
  if (said === null && items.length === 0) return []
  return [
    { kind: 'heading', text: t('performance:signed.opinion') },
    ...(said === null ? [] : [paragraph(said)]),
    ...(items.length === 0 ? [] : [{ kind: 'list' as const, ordered: false, items }]),
  ]
}
