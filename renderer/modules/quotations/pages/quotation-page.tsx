import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useState } from 'react'
import { formatRate } from '#shared/i18n/formatters.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { formatPrice, formatQuantity } from '#shared/modules/contracts/contracts.format.ts'
import { lineSums } from '#shared/modules/contracts/contracts.rules.ts'
import { paymentWords } from '#shared/modules/quotations/quotations.documents.ts'
import { belowFloor, discountOf } from '#shared/modules/quotations/quotations.rules.ts'
import type { QuotationVersion, QuotationView } from '#shared/modules/quotations/quotations.schema.ts'
import '#renderer/modules/contracts/contracts.css'
import '#renderer/modules/quotations/quotations.css'
import { QuotationActions } from '#renderer/modules/quotations/parts/quotation-actions.tsx'
import { Redline } from '#renderer/modules/quotations/parts/redline.tsx'
import { QuotationStageTag } from '#renderer/modules/quotations/parts/stage-tag.tsx'
import {
  CloseDrawer,
  ReleaseDrawer,
  SendDrawer,
  type OpenStep,
} from '#renderer/modules/quotations/parts/step-drawers.tsx'
import { FloorTag, MarginFigures } from '#renderer/modules/quotations/parts/sums-strip.tsx'
import { useQuotation } from '#renderer/modules/quotations/quotations.queries.ts'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'
import { PdfDialog } from '#renderer/ui/pdf-preview.tsx'

/** One quotation: the version that is looked at, what it changed, and what may be done next. */
export function QuotationPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuotation(id)
  if (found.shownError) {
    return (
      <Page title={t('quotations:view')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: QuotationView }) {
  const notice = useNotice()
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<number | null>(null)
  const [step, setStep] = useState<OpenStep | null>(null)
  const [pdf, setPdf] = useState<{ fileId: string; name: string } | null>(null)
  const version = view.versions.find(({ no }) => no === chosen) ?? view.versions[0]
  if (!version) return null
  const before = view.versions.find(({ no }) => no === version.no - 1)
  const openPdf = async (language: Locale | null) => {
    try {
      setPdf(await api.quotations.preview({ id: view.id, no: version.no, language }))
    } catch (error) {
      notice.fail(error)
    }
  }
  const drawer = { view, onClose: () => setStep(null) }
  const outcome = step === 'accepted' || step === 'rejected' || step === 'withdrawn' ? step : null
  return (
    <Page
      title={`${view.number} ${view.title}`}
      extra={<QuotationStageTag stage={view.stage} />}
      action={
        <QuotationActions
          view={view}
          version={version}
          onStep={setStep}
          onPdf={(language) => void openPdf(language)}
          onRevised={() => void navigate({ to: `/quotations/${view.id}/edit` as never })}
        />
      }
    >
      <div className="columns-main">
        <div className="page">
          <LinesPanel version={version} several={view.versions.length > 1} />
          {before ? <Redline before={before} after={version} /> : null}
          <TermsPanel version={version} />
          <AttachmentsPanel to="quotation" id={view.id} />
        </div>
        <div className="page">
          <FactsPanel view={view} version={version} />
          <VersionsPanel view={view} shown={version.no} onShow={setChosen} />
        </div>
      </div>
      <SendDrawer {...drawer} open={step === 'send'} />
      <ReleaseDrawer
        {...drawer}
        open={step === 'release' || step === 'return'}
        decision={step === 'return' ? 'return' : 'release'}
      />
      <CloseDrawer {...drawer} open={outcome !== null} outcome={outcome ?? 'accepted'} />
      <PdfDialog file={pdf} onClose={() => setPdf(null)} />
    </Page>
  )
}

function LinesPanel({ version, several }: { version: QuotationVersion; several: boolean }) {
  const t = useT()
  const head = (key: string) => t(`quotations:fields.line.${key}`)
  const { lines } = version.fields
  const sum = (key: 'net' | 'tax' | 'amount') => (
    <tr className="total">
      <td colSpan={8}>{t(`quotations:sums.${key}`)}</td>
      <td className="num">
        <Amount fen={version[key]} />
      </td>
    </tr>
  )
  return (
    <Panel
      title={t('quotations:page.lines')}
      extra={several ? <span className="muted">{t('quotations:page.showing', { no: version.no })}</span> : null}
    >
      <div className="cells-scroll">
        <table className="plain-table lines-table">
          <thead>
            <tr>
              <th>{head('name')}</th>
              <th>{head('spec')}</th>
              <th className="num">{head('quantity')}</th>
              <th>{head('unit')}</th>
              <th className="num">{head('listPrice')}</th>
              <th className="num">{head('discount')}</th>
              <th className="num">{head('price')}</th>
              <th className="num">{head('rate')}</th>
              <th className="num">{head('amount')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, row) => (
              <tr key={row}>
                <td>{line.name}</td>
                <td>{line.spec}</td>
                <td className="num">{formatQuantity(line.quantity)}</td>
                <td>{line.unit}</td>
                <td className="num">{line.listPrice === 0 ? '' : formatPrice(line.listPrice)}</td>
                <td className="num">{discountOf(line) === 0 ? '' : formatRate(discountOf(line))}</td>
                <td className="num">
                  {formatPrice(line.price)}
                  {belowFloor([line]).length > 0 ? (
                    <span className="floor negative">{`${head('floorPrice')} ${formatPrice(line.floorPrice)}`}</span>
                  ) : null}
                </td>
                <td className="num">{formatRate(line.rate)}</td>
                <td className="num">
                  <Amount fen={lineSums(line).amount} />
                </td>
              </tr>
            ))}
            {sum('net')}
            {sum('tax')}
            {sum('amount')}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}

function TermsPanel({ version }: { version: QuotationVersion }) {
  const t = useT()
  const { fields } = version
  const field = (key: string) => t(`quotations:fields.${key}`)
  const join = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' · ')
  const days = fields.lines
    .filter((line) => line.deliveryDays > 0)
    .map((line) => `${line.name} ${line.deliveryDays}`)
    .join(' · ')
  const months = fields.warrantyMonths === null ? '' : String(fields.warrantyMonths)
  return (
    <Panel title={t('quotations:page.terms')}>
      <Facts
        items={[
          { label: field('payment'), value: join(paymentWords(fields, t), fields.payment) },
          { label: field('line.deliveryDays'), value: days },
          { label: field('deliveryPlace'), value: fields.deliveryPlace },
          { label: field('delivery'), value: fields.delivery },
          { label: field('warrantyMonths'), value: months },
          { label: field('warranty'), value: fields.warranty },
          { label: field('notes'), value: fields.notes === '' ? '' : <p className="prose-lines">{fields.notes}</p> },
        ]}
      />
    </Panel>
  )
}

function FactsPanel({ view, version }: { view: QuotationView; version: QuotationVersion }) {
  const t = useT()
  const column = (key: string) => t(`quotations:columns.${key}`)
  return (
    <Panel title={t('quotations:page.facts')}>
      <Facts
        items={[
          {
            label: t('quotations:page.customer'),
            value: <Link to={`/customers/${view.customerId}` as never}>{view.customerName}</Link>,
          },
          {
            label: column('deal'),
            value: <Link to={`/deals/${view.dealId}` as never}>{`${view.dealNumber} ${view.dealName}`}</Link>,
          },
          { label: t('quotations:page.owner'), value: view.ownerName },
          { label: t('quotations:fields.attention'), value: version.fields.attention },
          { label: column('amount'), value: <Amount fen={version.amount} /> },
          { label: column('sentDay'), value: version.sentDay ?? '' },
          { label: column('validUntil'), value: version.validUntil ?? '' },
          { label: t('quotations:fields.language'), value: t(`contracts:languages.${version.fields.language}`) },
          { label: t('quotations:fields.line.floorPrice'), value: <FloorTag lines={version.fields.lines} /> },
        ]}
      />
      {view.seesCost ? <MarginFigures lines={version.fields.lines} /> : null}
    </Panel>
  )
}

function VersionsPanel(props: { view: QuotationView; shown: number; onShow: (no: number) => void }) {
  const t = useT()
  const word = (key: string) => t(`quotations:page.${key}`)
  const said = (label: string, ...parts: readonly (string | null)[]) => {
    const text = parts.filter((part) => part !== null && part !== '').join(' · ')
    return text === '' ? null : (
      <span className="muted remark">
        {word(label)}: {text}
      </span>
    )
  }
  return (
    <Panel title={word('versions')}>
      <ul className="versions">
        {props.view.versions.map((version) => (
          <li key={version.no} aria-current={version.no === props.shown}>
            <button type="button" className="link-button" onClick={() => props.onShow(version.no)}>
              {t('quotations:page.version', { no: version.no })}
            </button>
            <span>
              <QuotationStageTag stage={version.stage} /> <span className="muted">{version.sentDay ?? ''}</span>
            </span>
            <Amount fen={version.amount} />
            {version.reason === '' ? null : said('reason', version.reason)}
            {version.reason === '' ? null : said('submitted', version.submittedName, version.submittedDay)}
            {said('released', version.releasedName, version.releasedDay)}
            {said('releaseNote', version.releaseNote)}
            {said('closed', version.closedDay, version.closeNote)}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
