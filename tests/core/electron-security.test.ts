import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { FUSES } from '#main/fuses.ts'
import {
  GRANTED_PERMISSIONS,
  OPENABLE_EXTENSIONS,
  ORIGIN,
  SCHEME_PRIVILEGES,
  SWITCHES,
  WEB_PREFERENCES,
  guardContents,
  guardSession,
  isGranted,
  isOwnPage,
  isTrustedSender,
  isUnsandboxedRig,
  mayLoad,
  prepareApp,
} from '#main/security.ts'
import { securityHeaders } from '#core/hosts/static-files.ts'
import { filesWith, PROJECT, sources } from '#tests/helpers/sources.ts'

const PRODUCT = ['electron/**/*.{ts,mjs}', 'renderer/**/*.{ts,tsx,html}', 'shared/**/*.ts'] as const

/** Electron's checklist, in its own numbering. */
describe('checklist', () => {
  it('1: names no insecure address', () => {
    // Names of XML vocabularies look like addresses; nobody goes there.
    const insecure =
      /(?:http|ws):\/\/(?!127\.0\.0\.1|localhost|\$\{|www\.w3\.org|schemas\.openxmlformats\.org|purl\.org\/dc\/)[\w.]*/g
    const named = sources(...PRODUCT).flatMap(({ path, text }) =>
      [...text.matchAll(insecure)].map((m) => `${path}: ${m[0]}`),
    )
    expect(named).toEqual([])
  })

  it('2, 3, 4, 6, 8, 9, 11: every window is made in one place with these preferences', () => {
    expect(filesWith(/new BrowserWindow\(|new WebContentsView\(|new BrowserView\(/, ...PRODUCT)).toEqual([
      'electron/main/window.ts',
    ])
    expect(WEB_PREFERENCES).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    })
    const [window] = sources('electron/main/window.ts')
    // Spread first, so that only what is named after it is added, and none of the above is named again.
    expect(window?.text).toMatch(
      /webPreferences: \{\s*\.\.\.WEB_PREFERENCES,\s*devTools: options\.devTools,\s*preload: options\.preload,\s*additionalArguments: \[[^\]]*\],\s*\}/,
    )
    expect(filesWith(/disablewebsecurity|disable-web-security/i, ...PRODUCT)).toEqual([])
  })

  it('4: the sandbox is on before anything is shown, on every system but a test machine of root', () => {
    for (const platform of ['win32', 'darwin', 'linux'] as const) {
      for (const given of [true, false]) {
        const off = isUnsandboxedRig({ platform, getuid: () => 1000 }, given)
        expect(off).toBe(false)
      }
    }
    expect(isUnsandboxedRig({ platform: 'win32' }, true)).toBe(false)
    expect(isUnsandboxedRig({ platform: 'linux', getuid: () => 0 }, false)).toBe(false)
    expect(isUnsandboxedRig({ platform: 'linux', getuid: () => 0 }, true)).toBe(true)
    const app = fakeApp()
    prepareApp(app as never, { registerSchemesAsPrivileged: vi.fn() }, null)
    expect(app.enableSandbox).toHaveBeenCalledOnce()
    // The switch comes only from the launcher's list for root, never from a package.
    expect(filesWith(/no-sandbox/, ...PRODUCT).toSorted()).toEqual([
      'electron/main/programs.ts',
      'electron/main/security.ts',
    ])
  })

  it('4, 20: the preload imports Electron alone and is short', () => {
    const [preload] = sources('electron/preload/preload.ts')
    const imports = [...(preload?.text ?? '').matchAll(/^import (type )?.* from '([^']+)'/gm)].map((m) => m[1] ?? m[2])
    expect(imports).toEqual(['electron', 'type '])
    expect(readFileSync(join(PROJECT, 'electron/preload/preload.ts'), 'utf8').split('\n').length).toBeLessThan(60)
  })

  it('5: every permission is refused but writing text to the clipboard and reminders', () => {
    const names = [
      'accessibility-events',
      'background-fetch',
      'background-sync',
      'bluetooth',
      'camera',
      'clipboard-read',
      'clipboard-sanitized-write',
      'display-capture',
      'fileSystem',
      'fullscreen',
      'geolocation',
      'hid',
      'idle-detection',
      'keyboardLock',
      'media',
      'mediaKeySystem',
      'microphone',
      'midi',
      'midiSysex',
      'nfc',
      'notifications',
      'openExternal',
      'payment-handler',
      'periodic-background-sync',
      'persistent-storage',
      'pointerLock',
      'screen-wake-lock',
      'sensors',
      'serial',
      'speaker-selection',
      'storage-access',
      'top-level-storage-access',
      'unknown',
      'usb',
      'window-management',
      '',
    ]
    expect(names.filter((name) => isGranted(name))).toEqual(['clipboard-sanitized-write', 'notifications'])
    expect(GRANTED_PERMISSIONS).toEqual(['clipboard-sanitized-write', 'notifications'])
    const session = fakeSession()
    guardSession(session as never, null)
    const asked: Record<string, boolean> = {}
    for (const name of names) session.request?.(null, name, (granted: boolean) => (asked[name] = granted))
    expect(Object.keys(asked).filter((name) => asked[name])).toEqual(['clipboard-sanitized-write', 'notifications'])
    expect(names.filter((name) => session.check?.(null, name))).toEqual(['clipboard-sanitized-write', 'notifications'])
    expect(session.device?.()).toBe(false)
    expect(session.spellChecker).toBe(false)
    let given: unknown
    session.display?.({}, (streams: unknown) => (given = streams))
    expect(given).toEqual({})
  })

  it('5: every session is guarded as it is made', () => {
    const app = fakeApp()
    prepareApp(app as never, { registerSchemesAsPrivileged: vi.fn() }, null)
    expect(app.on.mock.calls.map(([event]) => event)).toEqual(['session-created', 'web-contents-created'])
    const session = fakeSession()
    app.on.mock.calls[0]?.[1](session)
    expect(session.request).toBeTypeOf('function')
  })

  it('7: the policy comes as a header, allows no inline script and no evaluation', () => {
    const policy = securityHeaders('abc')['content-security-policy'] ?? ''
    const rules = Object.fromEntries(
      policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
    )
    expect(rules).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'nonce-abc'",
      'img-src': "'self' data: blob:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'worker-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    })
    expect(filesWith(/unsafe-(eval|inline)|http-equiv=["']content-security-policy/i, ...PRODUCT)).toEqual([])
  })

  it('9, 10: no experimental feature is switched on', () => {
    expect(filesWith(/enableBlinkFeatures|enable-blink-features|enable-features/, ...PRODUCT)).toEqual([])
    expect(SWITCHES.map(([name]) => name)).not.toContain('remote-debugging-port')
  })

  it('11, 12: there is no webview, and none can be attached', () => {
    expect(filesWith(/<webview/i, ...PRODUCT)).toEqual([])
    const contents = fakeContents()
    guardContents(contents as never)
    const event = { preventDefault: vi.fn() }
    contents.emit('will-attach-webview', event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
  })

  it('14: no window opens another', () => {
    const contents = fakeContents()
    guardContents(contents as never)
    for (const { url } of ADDRESSES) expect(contents.opener?.({ url })).toEqual({ action: 'deny' })
  })

  it('15: nothing is opened outside but documents that the program saved', () => {
    expect(filesWith(/openExternal\(/, ...PRODUCT)).toEqual([])
    expect(filesWith(/shell\.openPath\(/, ...PRODUCT)).toEqual(['electron/main/native.ts'])
    for (const kind of [
      '.exe',
      '.lnk',
      '.hta',
      '.url',
      '.bat',
      '.cmd',
      '.com',
      '.js',
      '.vbs',
      '.ps1',
      '.app',
      '.sh',
      '.html',
      '.htm',
      '.svg',
      '.xlsm',
      '.docm',
      '.iso',
      '.msi',
      '.scr',
      '.jar',
      '',
    ]) {
      expect(OPENABLE_EXTENSIONS.has(kind), kind).toBe(false)
    }
  })

  it('16: Electron is of a supported major', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect([43, 44, 45]).toContain(Number(devDependencies['electron']?.split('.')[0]))
  })

  it('17: messages are taken in one file, from the top frame of our own page alone', () => {
    expect(filesWith(/ipcMain\.(on|handle|once|handleOnce)\(/, ...PRODUCT)).toEqual(['electron/main/ipc.ts'])
    const windows = new Set([7])
    const frame = { origin: ORIGIN, parent: null }
    expect(isTrustedSender({ frame, contentsId: 7 }, windows)).toBe(true)
    expect(isTrustedSender({ frame: null, contentsId: 7 }, windows)).toBe(false)
    expect(isTrustedSender({ frame: { ...frame, parent: {} }, contentsId: 7 }, windows)).toBe(false)
    expect(isTrustedSender({ frame, contentsId: 8 }, windows)).toBe(false)
    for (const origin of [
      '',
      'null',
      'about:blank',
      'app://',
      'app://ui.evil',
      'app://ui/',
      'APP://ui',
      'file://',
      'https://ui',
      'app://evil',
    ]) {
      expect(isTrustedSender({ frame: { origin, parent: null }, contentsId: 7 }, windows), origin).toBe(false)
    }
  })

  it('18: pages come by a protocol of our own, and it is an origin like any other', () => {
    expect(filesWith(/loadFile\(|file:\/\//, ...PRODUCT)).toEqual([])
    expect(SCHEME_PRIVILEGES.privileges).toMatchObject({
      standard: true,
      secure: true,
      bypassCSP: false,
      allowServiceWorkers: false,
    })
  })

  it('19: the fuses are those of the table', () => {
    expect(Object.fromEntries(FUSES)).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
      WasmTrapHandlers: true,
    })
  })

  it('20: the page is given one frozen object of these names', () => {
    const exposed = sources(...PRODUCT).flatMap(({ path, text }) =>
      [...text.matchAll(/exposeInMainWorld\(/g)].map(() => path),
    )
    expect(exposed).toEqual(['electron/preload/preload.ts'])
    const [preload] = sources('electron/preload/preload.ts')
    const body = /const host: HostApi = Object\.freeze\(\{([\s\S]*?)\n\}\)/.exec(preload?.text ?? '')?.[1] ?? ''
    expect([...body.matchAll(/^ {2}(\w+)[,:]/gm)].map((m) => m[1])).toEqual([
      'platform',
      'versions',
      'chooseFolder',
      'showSavedFile',
      'openSavedFile',
      'showBackups',
      'setLocale',
      'onLockRequest',
    ])
    expect(body).not.toMatch(/ipcRenderer\s*[,}]|=> ipcRenderer\s*$/m)
  })
})

/** Addresses that try to be ours, and those that are. */
const ADDRESSES: readonly { url: string; own: boolean }[] = [
  { url: 'app://ui/', own: true },
  { url: 'app://ui', own: true },
  { url: 'app://ui/customers/1?x=1#y', own: true },
  { url: 'app://ui.evil/', own: false },
  { url: 'app://ui@evil/', own: false },
  { url: 'app://ui:1/', own: false },
  { url: 'app://evil@ui/', own: false },
  { url: 'app://evil:ui@ui/', own: false },
  { url: 'app://uii/', own: false },
  { url: 'app://evil/ui/', own: false },
  { url: 'app:ui/', own: false },
  { url: 'app:///ui/', own: false },
  { url: 'app2://ui/', own: false },
  { url: 'https://ui/', own: false },
  { url: 'http://app//ui', own: false },
  { url: 'https://app://ui/', own: false },
  { url: 'https://example.com/app://ui/', own: false },
  { url: 'javascript:alert(1)', own: false },
  { url: 'javascript://ui/%0aalert(1)', own: false },
  { url: 'data:text/html,<script>alert(1)</script>', own: false },
  { url: 'blob:app://ui/1', own: false },
  { url: 'file:///etc/passwd', own: false },
  { url: 'file://ui/', own: false },
  { url: 'about:blank', own: false },
  { url: 'about:srcdoc', own: false },
  { url: 'chrome://settings', own: false },
  { url: 'devtools://devtools/', own: false },
  { url: 'view-source:app://ui/', own: false },
  { url: 'ftp://ui/', own: false },
  { url: 'mailto:a@ui', own: false },
  { url: 'ms-excel:ofe|u|http://evil', own: false },
  { url: 'smb://ui/share', own: false },
  { url: '\\\\ui\\share', own: false },
  { url: '', own: false },
]

describe('addresses', () => {
  it.each(ADDRESSES)('13: $url', ({ url, own }) => {
    expect(isOwnPage(url)).toBe(own)
    const contents = fakeContents()
    guardContents(contents as never)
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      const event = { url, preventDefault: vi.fn() }
      contents.emit(name, event)
      expect(event.preventDefault, name).toHaveBeenCalledTimes(own ? 0 : 1)
    }
  })

  it('lets no request leave the computer', () => {
    for (const url of ['app://ui/a.js', 'blob:app://ui/1', 'data:image/png;base64,AA'])
      expect(mayLoad(url), url).toBe(true)
    const outside = [
      'https://example.com/',
      'http://127.0.0.1/',
      'http://localhost:5173/',
      'ws://127.0.0.1:5173/',
      'wss://example.com',
      'file:///etc/passwd',
      'ftp://x/',
      'devtools://devtools/x',
      'chrome-extension://abc/x',
      'filesystem:app://ui/x',
      'app://evil/',
      'app://ui.evil/x',
      'about:blank',
      'x',
    ]
    for (const url of outside) expect(mayLoad(url), url).toBe(false)
    // While developing, the build's own server and nothing else.
    expect(mayLoad('ws://127.0.0.1:5173/', '127.0.0.1:5173')).toBe(true)
    expect(mayLoad('https://example.com/', '127.0.0.1:5173')).toBe(false)
  })
})

function fakeApp() {
  return {
    enableSandbox: vi.fn(),
    commandLine: { appendSwitch: vi.fn(), hasSwitch: () => false },
    on: vi.fn<(event: string, listener: (...args: unknown[]) => void) => void>(),
  }
}

interface FakeSession {
  request?: (contents: unknown, name: string, answer: (granted: boolean) => void) => void
  check?: (contents: unknown, name: string) => boolean
  device?: () => boolean
  display?: (request: unknown, answer: (streams: unknown) => void) => void
  spellChecker: boolean
  [method: string]: unknown
}

function fakeSession(): FakeSession {
  const session: FakeSession = {
    spellChecker: true,
    setPermissionRequestHandler: (handler: FakeSession['request']) => (session.request = handler),
    setPermissionCheckHandler: (handler: FakeSession['check']) => (session.check = handler),
    setDevicePermissionHandler: (handler: FakeSession['device']) => (session.device = handler),
    setDisplayMediaRequestHandler: (handler: FakeSession['display']) => (session.display = handler),
    setSpellCheckerEnabled: (on: boolean) => (session.spellChecker = on),
    webRequest: { onBeforeRequest: vi.fn() },
  }
  return session
}

interface FakeContents {
  opener?: (details: { url: string }) => unknown
  on(name: string, listener: (event: unknown) => void): void
  setWindowOpenHandler(handler: FakeContents['opener']): void
  emit(name: string, event: unknown): void
}

function fakeContents(): FakeContents {
  const listeners = new Map<string, (event: unknown) => void>()
  const contents: FakeContents = {
    on: (name, listener) => void listeners.set(name, listener),
    setWindowOpenHandler: (handler) => void (contents.opener = handler),
    emit: (name, event) => listeners.get(name)?.(event),
  }
  return contents
}
