import { SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { Modal } from 'antd'
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useQuickLog } from '#renderer/modules/visits/parts/quick-log.tsx'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useJobs } from '#renderer/rpc/jobs.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { belongsToIme } from '#renderer/ui/ime.ts'
import { ErrorNotice } from '#renderer/ui/parts.tsx'
import { useSeatSettings } from '#renderer/ui/settings.ts'
import { useShortcutList } from '#renderer/ui/shortcuts.tsx'
import { lockSeat } from './idle-lock.ts'
import { NAVIGATION } from './navigation.ts'
import { findPages, recordItem, type PaletteItem } from './palette-items.ts'

const ASK_AFTER_MS = 120

const ACTIONS = [
  { name: 'quickLog', label: 'visits:quick.title', permit: 'visits.record' },
  { name: 'jobs', label: 'common:top.jobs' },
  { name: 'theme', label: 'common:palette.theme' },
  { name: 'shortcuts', label: 'common:shortcuts.title' },
  { name: 'password', label: 'session:changePassword.title' },
  { name: 'lock', label: 'session:lock' },
  { name: 'logOut', label: 'session:logOut' },
] as const

/** Ctrl/⌘+K: pages, actions and records in one list, by name, pinyin, initials or number. */
export function CommandPalette(props: { open: boolean; onClose: () => void }) {
  const t = useT()
  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      footer={null}
      closable={false}
      width={560}
      style={{ top: 80 }}
      destroyOnHidden
      title={<span className="visually-hidden">{t('common:shortcuts.palette')}</span>}
      className="palette"
    >
      <PaletteList onClose={props.onClose} />
    </Modal>
  )
}

function PaletteList(props: { onClose: () => void }) {
  const t = useT()
  const id = useId()
  const navigate = useNavigate()
  const router = useRouter()
  const permissions = useSession((state) => state.session?.permissions ?? {})
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)

  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), ASK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  useEffect(() => input.current?.focus(), [])

  const records = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => api.search.query({ text: asked }, { signal }),
    enabled: asked !== '' && permissions['search.use'] !== undefined,
    placeholderData: (old) => (asked === '' ? undefined : old),
  })
  const pages = useMemo(() => {
    const known = router.routesByPath as Record<string, unknown>
    const permits = new Map(NAVIGATION.map((entry) => [entry.path, entry.permit]))
    const allowed = (path: string) => {
      const permit = permits.get(path) ?? null
      return known[path] !== undefined && (permit === null || permissions[permit] !== undefined)
    }
    const actions = ACTIONS.filter((action) => !('permit' in action) || permissions[action.permit] !== undefined)
    return findPages(text, t, allowed, actions)
  }, [text, t, router, permissions])
  const items: readonly PaletteItem[] = [...(asked === '' ? [] : (records.data ?? []).map(recordItem)), ...pages]
  const chosen = Math.min(at, items.length - 1)

  const actions: Readonly<Record<string, () => void>> = {
    quickLog: () => useQuickLog.getState().show(),
    jobs: () => useJobs.getState().setOpen(true),
    theme: () =>
      useSeatSettings
        .getState()
        .set({ theme: document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark' }),
    shortcuts: () => useShortcutList.getState().showHelp(true),
    password: () => void navigate({ to: '/account/password' }),
    lock: () => void lockSeat(),
    logOut: () => void lockSeat('loggedOut'),
  }
  const run = (item: PaletteItem) => {
    props.onClose()
    if ('path' in item.target) void navigate({ to: item.target.path, search: (item.target.search ?? {}) as never })
    else actions[item.target.action]?.()
  }
  const onKey = (event: KeyboardEvent) => {
    if (belongsToIme(event)) return
    const move = (to: number) => {
      event.preventDefault()
      const next = (to + items.length) % Math.max(1, items.length)
      setAt(next)
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
    }
    if (event.key === 'ArrowDown') move(chosen + 1)
    else if (event.key === 'ArrowUp') move(chosen - 1)
    else if (event.key === 'Enter') {
      event.preventDefault()
      const item = items[chosen]
      if (item) run(item)
    }
  }

  return (
    <>
      <div className="palette-input">
        <SearchOutlined aria-hidden />
        <input
          ref={input}
          value={text}
          maxLength={100}
          placeholder={t('search:placeholder')}
          aria-label={t('search:placeholder')}
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={items.length > 0 ? `${id}-${chosen}` : undefined}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKey}
        />
      </div>
      {records.isError ? <ErrorNotice error={shownError(records.error)} /> : null}
      <ul
        className="palette-list"
        role="listbox"
        id={`${id}-list`}
        ref={list}
        aria-label={t('common:shortcuts.palette')}
      >
        {items.map((item, index) => (
          <li
            key={item.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onMouseMove={() => setAt(index)}
            onClick={() => run(item)}
          >
            <span>{item.title}</span>
            <span className="muted">{item.subtitle}</span>
            <span className="palette-kind">{t(`search:kinds.${item.kind}`)}</span>
          </li>
        ))}
      </ul>
      {items.length === 0 && !records.isFetching ? <p className="palette-empty">{t('search:empty')}</p> : null}
    </>
  )
}
