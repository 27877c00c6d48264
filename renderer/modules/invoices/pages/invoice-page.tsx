import { Link, useParams } from '@tanstack/react-router'
import { Button, Dropdown, Spin } from 'antd'
import { useState } from 'react'
import { formatMoment, formatRate } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import { isDigital, leftOf } from '#shared/modules/invoices/invoices.rules.ts'
import type { InvoiceView } from '#shared/modules/invoices/invoices.schema.ts'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import '#renderer/modules/invoices/invoices.css'
import { useInvoice } from '#renderer/modules/invoices/invoices.queries.ts'
import { Findings } from '#renderer/modules/invoices/parts/findings.tsx'
import { InvoiceStageTag, OriginalTag } from '#renderer/modules/invoices/parts/invoice-tags.tsx'
import { LinkDrawer } from '#renderer/modules/invoices/parts/link-drawer.tsx'
import { RedDrawer } from '#renderer/modules/invoices/parts/red-drawer.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { useNotice, useWithReason } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

/** One invoice: what is printed, whose it is and what it bills, what was taken back, and its original file. */
export function InvoicePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useInvoice(id)
  if (found.shownError) {
    return (
      <Page title={t('invoices:one')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: InvoiceView }) {
  const t = useT()
  const [open, setOpen] = useState<'red' | 'link' | null>(null)
  const word = (key: string, params?: Record<string, string>) => t(`invoices:page.${key}`, params)
  const close = () => setOpen(null)
  return (
    <Page
      title={`${t('invoices:one')} ${view.number}`}
      extra={
        <>
          <InvoiceStageTag stage={view.stage} />
          {view.original === 'notNeeded' ? null : (
            <span className="muted">
              {t('invoices:columns.original')} <OriginalTag original={view.original} />
            </span>
          )}
        </>
      }
      action={<Actions view={view} onOpen={setOpen} />}
    >
      {view.stage === 'removed' ? (
        <div className="notice attention">{word('removed', { reason: view.removedReason })}</div>
      ) : view.stage === 'void' ? (
        <div className="notice">{word('voided', { day: view.voidDay ?? '', reason: view.voidReason })}</div>
      ) : null}
      <div className="columns-main">
        <div className="page">
          <LinesPanel view={view} />
          {view.findings.length > 0 || view.reason !== '' ? (
            <Panel title={word('findings')}>
              <Findings findings={view.findings} />
              {view.reason === '' ? null : <Facts items={[{ label: word('reason'), value: view.reason }]} />}
            </Panel>
          ) : null}
          {view.blue === null && view.stage !== 'void' && view.stage !== 'removed' ? <LinksPanel view={view} /> : null}
          {view.reds.length > 0 ? <RedsPanel view={view} /> : null}
        </div>
        <div className="page">
          <FactsPanel view={view} />
          <BuyerPanel view={view} />
          <AttachmentsPanel to="invoice" id={view.id} />
          {view.original === 'missing' ? <p className="muted">{word('original')}</p> : null}
        </div>
      </div>
      <RedDrawer view={view} open={open === 'red'} onClose={close} />
      <LinkDrawer view={view} open={open === 'link'} onClose={close} />
    </Page>
  )
}

/** What may be done with it as it stands; at most one primary step. */
function Actions({ view, onOpen }: { view: InvoiceView; onOpen: (what: 'red' | 'link') => void }) {
  const t = useT()
  const go = useGo()
  const withReason = useWithReason()
  const notice = useNotice()
  const may = useCan('invoices.write')
  const word = (key: string, params?: Record<string, string>) => t(`invoices:page.${key}`, params)
  if (!may) return null
  const target = { id: view.id as never, version: view.version }
  const end = (step: 'void' | 'remove') =>
    withReason(
      {
        title: word(`${step}Title`, { number: view.number }),
        text: word(`${step}Text`),
        action: word(step),
        reason: { label: word('why') },
      },
      (reason) => api.invoices[step]({ ...target, reason }),
      word(`done.${step}`),
    )
  const restore = async () => {
    try {
      await api.invoices.restore(target)
      notice.done(word('done.restore'))
    } catch (error) {
      notice.fail(error)
    }
  }
  if (view.stage === 'removed') {
    return (
      <Button type="primary" onClick={() => void restore()}>
        {word('restore')}
      </Button>
    )
  }
  const blue = view.stage === 'valid' || view.stage === 'partlyRed' || view.stage === 'fullyRed'
  const more = [
    ...(view.stage === 'valid' ? [{ key: 'edit', label: word('edit') }] : []),
    ...(view.stage !== 'void' && !isDigital(view.kind) ? [{ key: 'void', label: word('void'), danger: true }] : []),
    ...(view.redTotal === 0 ? [{ key: 'remove', label: word('remove'), danger: true }] : []),
  ]
  const choose = (key: string) => {
    if (key === 'edit') go(`/invoices/${view.id}/edit`)
    else void end(key as 'void' | 'remove')
  }
  return (
    <span className="action-bar">
      {more.length > 0 ? (
        <Dropdown trigger={['click']} menu={{ items: more, onClick: ({ key }) => choose(key) }}>
          <Button>{word('more')}</Button>
        </Dropdown>
      ) : null}
      {blue && leftOf(view) > 0 ? <Button onClick={() => onOpen('red')}>{word('redLetter')}</Button> : null}
      {blue ? (
        <Button type="primary" onClick={() => onOpen('link')}>
          {word('link')}
        </Button>
      ) : null}
    </span>
  )
}

function LinesPanel({ view }: { view: InvoiceView }) {
  const t = useT()
  const locale = useLocale()
  const head = (key: string) => t(`invoices:fields.line.${key}`)
  return (
    <Panel title={t('invoices:page.lines')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{head('name')}</th>
            <th>{head('spec')}</th>
            <th>{head('unit')}</th>
            <th className="num">{head('quantity')}</th>
            <th className="num">{head('price')}</th>
            <th className="num">{head('net')}</th>
            <th className="num">{head('rate')}</th>
            <th className="num">{head('tax')}</th>
          </tr>
        </thead>
        <tbody>
          {view.lines.map((line, index) => (
            <tr key={index}>
              <td>{line.name}</td>
              <td>{line.spec}</td>
              <td>{line.unit}</td>
              <td className="num">{line.quantity}</td>
              <td className="num">{line.price}</td>
              <td className="num">
                <Amount fen={line.net} />
              </td>
              <td className="num">{line.rate === null ? t('invoices:form.noRate') : formatRate(line.rate)}</td>
              <td className="num">
                <Amount fen={line.tax} />
              </td>
            </tr>
          ))}
          <tr className="total">
            <td colSpan={5}>
              {t('invoices:columns.amount')} {formatYuan(view.amount)}
              {'　'}
              <span className="muted">{rmbCapitals(view.amount, locale === 'zh-TW' ? 'zh-TW' : 'zh-CN')}</span>
            </td>
            <td className="num">
              <Amount fen={view.net} />
            </td>
            <td />
            <td className="num">
              <Amount fen={view.tax} />
            </td>
          </tr>
        </tbody>
      </table>
    </Panel>
  )
}

function LinksPanel({ view }: { view: InvoiceView }) {
  const t = useT()
  const word = (key: string) => t(`invoices:links.${key}`)
  return (
    <Panel
      title={t('invoices:form.links')}
      extra={
        <span className="muted">
          {t('invoices:form.linked', {
            amount: formatYuan(view.linked),
            left: formatYuan(leftOf(view) - view.linked),
          })}
        </span>
      }
    >
      {view.links.length === 0 ? (
        <p className="muted">{word('none')}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{word('contract')}</th>
              <th>{word('label')}</th>
              <th>{word('dueDay')}</th>
              <th className="num">{word('owed')}</th>
              <th className="num">{word('others')}</th>
              <th className="num">{word('amount')}</th>
            </tr>
          </thead>
          <tbody>
            {view.links.map((row) => (
              <tr key={row.instalmentId}>
                <td>{row.contractNumber}</td>
                <td>{row.label}</td>
                <td>{row.dueDay ?? ''}</td>
                <td className="num">
                  <Amount fen={row.owed} />
                </td>
                <td className="num">{row.others === 0 ? null : <Amount fen={row.others} />}</td>
                <td className="num">
                  <Amount fen={row.amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function RedsPanel({ view }: { view: InvoiceView }) {
  const t = useT()
  return (
    <Panel
      title={t('invoices:page.reds')}
      extra={
        <span className="muted">
          {t('invoices:page.left')} {formatYuan(leftOf(view))}
        </span>
      }
    >
      <table className="plain-table">
        <tbody>
          {view.reds.map((red) => (
            <tr key={red.id}>
              <td>
                <Link to={`/invoices/${red.id}` as never}>{red.number}</Link>
              </td>
              <td>{red.day}</td>
              <td className="num">
                <Amount fen={red.amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function FactsPanel({ view }: { view: InvoiceView }) {
  const t = useT()
  const word = (key: string) => t(`invoices:page.${key}`)
  const field = (key: string) => t(`invoices:fields.${key}`)
  const link = (to: string | null, name: string | null) =>
    to === null ? '' : <Link to={to as never}>{name ?? ''}</Link>
  return (
    <Panel title={word('facts')}>
      <Facts
        items={[
          { label: field('kind'), value: t(`invoices:kinds.${view.kind}`) },
          ...(view.code === '' ? [] : [{ label: field('code'), value: view.code }]),
          { label: field('number'), value: view.number },
          { label: field('day'), value: view.day },
          ...(view.blue === null
            ? []
            : [
                { label: word('blue'), value: link(`/invoices/${view.blue.id}`, view.blue.number) },
                { label: field('redReason'), value: t(`invoices:redReasons.${view.redReason ?? 'unknown'}`) },
                { label: field('notice'), value: view.notice },
              ]),
          {
            label: word('customer'),
            value:
              view.customerId === null ? (
                <span className="muted">{word('nobody')}</span>
              ) : (
                link(`/customers/${view.customerId}`, view.customerName)
              ),
          },
          {
            label: word('contract'),
            value: link(view.contractId === null ? null : `/contracts/${view.contractId}`, view.contractNumber),
          },
          { label: word('owner'), value: view.ownerName },
          { label: field('note'), value: view.note },
          { label: word('created'), value: `${formatMoment(view.createdAt, SEAT_ZONE)} ${view.createdByName ?? ''}` },
        ]}
      />
    </Panel>
  )
}

function BuyerPanel({ view }: { view: InvoiceView }) {
  const t = useT()
  const facts = ['name', 'taxId', 'address', 'phone', 'bankName', 'bankAccount'] as const
  return (
    <Panel title={t('invoices:page.buyer')}>
      <Facts items={facts.map((key) => ({ label: t(`invoices:fields.buyer.${key}`), value: view.buyer[key] }))} />
    </Panel>
  )
}
