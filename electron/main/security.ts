import type { App, BrowserWindowConstructorOptions, Session, WebContents } from 'electron'

/** The one origin that pages of this program have. */
export const SCHEME = 'app'
export const HOST = 'ui'
export const ORIGIN = `${SCHEME}://${HOST}`

/** Registered before the program is ready; without `standard` there is no origin and no relative address. */
export const SCHEME_PRIVILEGES = {
  scheme: SCHEME,
  privileges: {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    stream: true,
    corsEnabled: false,
    bypassCSP: false,
    allowServiceWorkers: false,
    codeCache: false,
  },
} as const

/** Every window is made with these; nothing may override them. */
export const WEB_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  safeDialogs: true,
  plugins: false,
  enableWebSQL: false,
} as const satisfies BrowserWindowConstructorOptions['webPreferences']

/**
 * What a page may ask for. Electron grants everything unless told otherwise; here all but this is refused. A
 * notification carries a number, and names only where the person at this computer wished so.
 */
export const GRANTED_PERMISSIONS: readonly string[] = ['clipboard-sanitized-write', 'notifications']

/** Chromium's own errands, none of which this program needs; and no copy of any answer on the disk. */
export const SWITCHES: readonly (readonly [string, string?])[] = [
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-http-cache'],
  ['disable-gpu-shader-disk-cache'],
  ['disk-cache-size', '1'],
  ['disable-sync'],
  ['no-pings'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
]

/** What may be loaded at all: the program's own pages, and what they made themselves. */
const LOADABLE: ReadonlySet<string> = new Set([`${SCHEME}:`, 'blob:', 'data:'])

/** Files of these kinds, written by this program, may be handed to the system to open; nothing that can run. */
export const OPENABLE_EXTENSIONS: ReadonlySet<string> = new Set(['.pdf', '.xlsx', '.csv', '.txt', '.ics', '.docx'])

/** True only for an address of our own pages; the parsed origin is compared, never the beginning of a text. */
export function isOwnPage(address: string): boolean {
  const url = parse(address)
  return (
    url !== null &&
    url.protocol === `${SCHEME}:` &&
    url.host === HOST &&
    url.username === '' &&
    url.password === '' &&
    url.port === ''
  )
}

/**
 * True where a request may go on. Everything that would leave this computer is refused. `devServer` is the host of
 * the build's own server on 127.0.0.1 while developing, null in every package.
 */
export function mayLoad(address: string, devServer: string | null = null): boolean {
  const url = parse(address)
  if (url === null) return false
  if (devServer !== null && (url.host === devServer || url.protocol === 'devtools:')) return true
  if (!LOADABLE.has(url.protocol)) return false
  return url.protocol === `${SCHEME}:` ? isOwnPage(address) : true
}

export function isGranted(permission: string): boolean {
  return GRANTED_PERMISSIONS.includes(permission)
}

/** Who sent a message, as far as it must be known to believe it. */
export interface Sender {
  readonly frame: { readonly origin: string; readonly parent: unknown } | null
  readonly contentsId: number
}

/** Only the top frame of a window that this program made, showing our own page, is listened to. */
export function isTrustedSender(sender: Sender, windows: ReadonlySet<number>): boolean {
  const { frame } = sender
  return frame !== null && frame.parent === null && frame.origin === ORIGIN && windows.has(sender.contentsId)
}

/**
 * Chromium refuses to run with a sandbox as root on Linux, where only tests run. Everywhere else the switch is of no
 * effect: every process is sandboxed.
 */
export function isUnsandboxedRig(
  machine: { readonly platform: NodeJS.Platform; getuid?(): number },
  switchGiven: boolean,
): boolean {
  return switchGiven && machine.platform === 'linux' && machine.getuid?.() === 0
}

/** What must be set before the program is ready. */
export function prepareApp(
  app: Pick<App, 'enableSandbox' | 'commandLine' | 'on'>,
  protocol: { registerSchemesAsPrivileged(schemes: (typeof SCHEME_PRIVILEGES)[]): void },
  devServer: string | null,
): void {
  if (!isUnsandboxedRig(process, app.commandLine.hasSwitch('no-sandbox'))) app.enableSandbox()
  protocol.registerSchemesAsPrivileged([SCHEME_PRIVILEGES])
  for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value)
  app.on('session-created', (session) => guardSession(session, devServer))
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
}

/** Permissions, devices, captures and requests of one session. */
export function guardSession(session: Session, devServer: string | null): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isGranted(permission)))
  session.setPermissionCheckHandler((_contents, permission) => isGranted(permission))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url, devServer) }))
}

/** Navigation, new windows and embedded pages of one window's contents. */
export function guardContents(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  // Some addresses, about:blank among them, are gone to without a question.
  contents.on('did-navigate', (_event, address) => {
    if (contents.getType() === 'window' && !isOwnPage(address)) void contents.loadURL(`${ORIGIN}/`)
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

function parse(address: string): URL | null {
  try {
    return new URL(address)
  } catch {
    return null
  }
}
