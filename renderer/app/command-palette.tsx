import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Input, Modal } from 'antd'
import { useEffect, useMemo, useState, type KeyboardEvent } from 'react'
import { buildSearchText, normaliseQuery } from '#shared/kernel/search-text.ts'
import { api } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { belongsToIme } from '#renderer/ui/ime.ts'
import { NAVIGATION } from './navigation.ts'

interface Entry {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly subtitle: string
  readonly path: string
}

const RECORD_PATHS: Readonly<Record<string, (id: string) => string>> = {
  customer: (id) => `/customers/${id}`,
  contract: (id) => `/contracts/${id}`,
  letter: () => '/dunning/letters',
}

/** Pages, actions and records in one list, found by name, pinyin, initials or number. */
export function CommandPalette(props: { open: boolean; onClose: () => void }) {
  const t = useT()
  const navigate = useNavigate()
  const permissions = useSession((state) => state.session?.permissions)
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const [at, setAt] = useState(0)
  useEffect(() => {
    if (props.open) setText('')
  }, [props.open])
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), 120)
    setAt(0)
    return () => clearTimeout(timer)
  }, [text])

  const pages = useMemo<(Entry & { search: string })[]>(() => {
    const mayCreate: [string, string, string][] = [
      ['customers.create', '/customers/new', 'customers:new'],
      ['contracts.create', '/contracts/new', 'contracts:new'],
      ['visits.record', '/visits/new', 'visits:new'],
    ]
    const list: Entry[] = [
      ...NAVIGATION.filter((n) => permissions?.[n.action]).map((n) => ({
        id: n.path,
        kind: 'page',
        title: t(`common:nav.${n.word}`),
        subtitle: '',
        path: n.path,
      })),
      ...mayCreate
        .filter(([action]) => permissions?.[action])
        .map(([, path, key]) => ({ id: path, kind: 'action', title: t(key), subtitle: '', path })),
    ]
    return list.map((entry) => ({ ...entry, search: buildSearchText(entry.title) }))
  }, [permissions, t])

  const records = useQuery({
    queryKey: ['search', asked],
    queryFn: () => api.search.query({ text: asked }),
    enabled: props.open && asked !== '',
  })
  const needle = normaliseQuery(text)
  const entries: Entry[] = [
    ...pages.filter((page) => needle === '' || page.search.includes(needle)),
    ...(needle === ''
      ? []
      : (records.data ?? []).map((hit) => ({ ...hit, path: RECORD_PATHS[hit.kind]?.(hit.id) ?? '/' }))),
  ]
  const go = (entry: Entry | undefined) => {
    if (!entry) return
    props.onClose()
    void navigate({ to: entry.path })
  }
  const onKey = (event: KeyboardEvent) => {
    if (belongsToIme(event)) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setAt(Math.max(0, Math.min(entries.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter') go(entries[at])
  }

  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      footer={null}
      closable={false}
      width={560}
      destroyOnHidden
      aria-label={t('common:shortcuts.palette')}
      title={null}
    >
      <Input
        autoFocus
        size="large"
        value={text}
        maxLength={100}
        placeholder={t('search:placeholder')}
        aria-label={t('search:placeholder')}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={entries[at] ? `palette-${at}` : undefined}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
      />
      <ul id="palette-list" role="listbox" aria-label={t('search:placeholder')} className="palette">
        {entries.map((entry, index) => (
          <li
            key={`${entry.kind}:${entry.id}`}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === at}
            className={index === at ? 'on' : undefined}
            onMouseEnter={() => setAt(index)}
            onClick={() => go(entry)}
          >
            <span className="muted kind">{t(`search:kinds.${entry.kind}`)}</span>
            <span>{entry.title}</span>
            <span className="muted">{entry.subtitle}</span>
          </li>
        ))}
      </ul>
      {entries.length === 0 ? <p className="muted">{t('search:empty')}</p> : null}
    </Modal>
  )
}
